-- grain: city_id x year x indicator_id, numbers of the panel that cannot be below zero and are, or are not finite
with

observations as (

    select * from {{ ref('observations') }}

),

indicators as (

    select * from {{ ref('indicators') }}

),

cities as (

    select * from {{ ref('cities') }}

)

select
    'error' as severity, observations.source_id, observations.city_id, observations.year,
    observations.indicator_id, value_used::varchar as value, '>= 0' as expected,
    concat_ws(
        ',', observations.city_id || '_' || observations.year, observations.source_id, observations.indicator_id,
        cities.name_zh, observations.year, 'drop', '"' || value_printed || '"', '', 'impossible', 'evidence'
    ) as proposed_correction
from observations
inner join indicators using (indicator_id)
inner join cities using (city_id)
where (value_used < 0 and indicators.minimum >= 0) or not isfinite(value_used)
