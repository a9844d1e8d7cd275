-- grain: city_id x year x indicator_id, printed numbers that the panel uses, cannot be below zero and are, or are not
--   finite
with

observations as (

    select * from {{ ref('observations') }}
    anti join {{ ref('correction_makes_an_impossible_number') }} using (city_id, year, indicator_id)

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

),

impossible as (

    select
        observations.*, indicators.source_table, indicators.printed_header, cities.name_zh, rows_printed.row_number,
        if(isfinite(value_used), format('cannot be below {:g}', indicators.minimum), 'is not finite') as evidence
    from observations
    inner join indicators using (indicator_id)
    inner join cities using (city_id)
    left join rows_printed using (source_id, city_id, year, indicator_id)
    where {{ is_impossible('value_used', 'indicators.minimum') }}

)

select
    'error' as severity, source_id, city_id, year, indicator_id, source_table || '.csv' as file, row_number,
    printed_header as column_printed, coalesce(value_printed, value_used::varchar) as value, '>= 0' as expected,
    evidence,
    {{ csv_row([
        "concat_ws('_', indicator_id, city_id, year)", 'source_id', 'indicator_id', 'name_zh', 'year', "'drop'",
        'value_printed', "''", "'number is impossible'", 'evidence'
    ]) }} as proposed_correction
from impossible
