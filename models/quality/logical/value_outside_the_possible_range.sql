-- grain: city_id x year x indicator_id, numbers of the panel outside the range of the dictionary
with

observations as (

    select * from {{ ref('observations') }}

),

indicators as (

    select * from {{ ref('indicators') }}

)

select
    'warn' as severity, source_id, city_id, year, observations.indicator_id, {{ plain_number('value_used') }} as value,
    concat_ws('–', {{ plain_number('minimum') }}, {{ plain_number('maximum') }}) as expected
from observations
inner join indicators using (indicator_id)
where value_used not between minimum and maximum and not (value_used < 0 and minimum >= 0)
