-- Every indicator of the panel has labels, a unit and a description; keys and roster columns aside.
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
    (dictionary.label_zh = '') is not false
    and panel_columns.indicator_id not in (
        'city_id', 'year', 'city_name_zh', 'city_name_en', 'province_zh', 'region_three', 'region_four',
        'belt', 'belt_reach', 'delta', 'study_a_city', 'level', 'boundary_break'
    )
