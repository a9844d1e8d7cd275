-- Every column of the panel has labels in both languages and a description.
with

dictionary as (

    select * from {{ ref('dictionary') }}

),

panel_columns as (

    select column_name as indicator_id from (describe {{ ref('city_year') }})

)

select panel_columns.indicator_id
from panel_columns
left join dictionary using (indicator_id)
where
    coalesce(dictionary.label_zh, '') = ''
    or coalesce(dictionary.label_en, '') = ''
    or coalesce(dictionary.description, '') = ''
