-- grain: city_id x indicator_id x year_before, gaps between two observed years that the rule allows to be filled
-- At most interpolation_max_gap_years missing years between them, nothing at the edges; only indicators that the
-- dictionary allows, never a dependent variable's.
with

reconciled_observations as (

    select * from {{ ref('reconciled_observations') }}
    where value_corrected is not null

)

select
    city_id,
    indicator_id,
    reconciled_observations.unit,
    year as year_before,
    value_corrected as value_before,
    lead(year) over along_time as year_after,
    lead(value_corrected) over along_time as value_after,
    year_after - year_before - 1 as gap_years
from reconciled_observations
inner join {{ ref('indicators') }} as indicators using (indicator_id)
where indicators.may_interpolate
window along_time as (partition by city_id, indicator_id order by year)
qualify gap_years between 1 and {{ var('interpolation_max_gap_years') }}
