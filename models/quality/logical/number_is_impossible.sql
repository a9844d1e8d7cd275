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

),

rows_printed as (

    select source_id, city_id, year, indicator_id, min(row_number) as row_number
    from {{ ref('reported_observations') }}
    group by all

)

select
    'error' as severity, observations.source_id, observations.city_id, observations.year,
    observations.indicator_id, indicators.source_table || '.csv' as file, rows_printed.row_number,
    indicators.printed_header as column_printed, value_used::varchar as value, '>= 0' as expected,
    concat_ws(
        ',', concat_ws('_', indicator_id, city_id, observations.year), observations.source_id, indicator_id,
        cities.name_zh, observations.year, 'drop', '"' || value_printed || '"', '', 'impossible', 'evidence'
    ) as proposed_correction
from observations
inner join indicators using (indicator_id)
inner join cities using (city_id)
left join rows_printed using (source_id, city_id, year, indicator_id)
where (value_used < 0 and indicators.minimum >= 0) or not isfinite(value_used)
