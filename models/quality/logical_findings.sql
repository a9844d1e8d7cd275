-- grain: finding_check x city_id x year x indicator_id of the panel: numbers that contradict each other or cannot be
with

observations as (

    select * from {{ ref('observations') }}

),

observations_wide as (

    select * from {{ ref('observations_wide') }}

),

reconciled_observations as (

    select * from {{ ref('reconciled_observations') }}

),

sector_sums as (

    select city_id, year, 'sectors_sum_to_gdp' as finding_check, 'gdp_100m_yuan' as indicator_id, gdp_100m_yuan as total,
        primary_value_added_100m_yuan + secondary_value_added_100m_yuan + tertiary_value_added_100m_yuan as parts
    from observations_wide
    union all
    select city_id, year, 'sectors_sum_to_employment', 'urban_employment_persons', urban_employment_persons,
        primary_employment_persons + secondary_employment_persons + tertiary_employment_persons
    from observations_wide

)

select finding_check, 'warn' as severity, null as source_id, city_id, year, indicator_id, total::varchar as value, parts::varchar as expected,
    null as proposed_correction
from sector_sums
where abs(parts - total) > 0.01 * abs(total)
union all
select
    case when value_used < 0 and minimum >= 0 then 'counts_are_not_negative' else 'value_outside_the_possible_range' end,
    case when (value_used < 0 and minimum >= 0) or not isfinite(value_used) then 'error' else 'warn' end,
    source_id, city_id, year, indicator_id, value_used::varchar, minimum || ' to ' || maximum,
    concat_ws(',', city_id || '_' || year, source_id, indicator_id, cities.name_zh, year, 'drop', '"' || value_printed || '"', '', 'impossible', 'evidence')
from observations
inner join {{ ref('indicators') }} as indicators using (indicator_id)
inner join {{ ref('cities') }} as cities using (city_id)
where value_used not between minimum and maximum
union all
select 'sources_disagree', 'info', source_id, city_id, year, indicator_id, value_corrected::varchar, candidate_minimum || ' to ' || candidate_maximum, null
from reconciled_observations
where candidate_maximum - candidate_minimum > 0.05 * abs(value_corrected)
