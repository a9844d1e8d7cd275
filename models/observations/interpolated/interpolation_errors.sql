-- grain: indicator_id x gap_years, how far interpolation misses observed cells that were masked
-- Errors are shares of the observed number; carrying the last number forward stands beside for comparison.
with

relative_errors as (

    select
        *,
        (value_interpolated - value_observed) / abs(nullif(value_observed, 0)) as relative_error,
        (value_carried_forward - value_observed) / abs(nullif(value_observed, 0)) as relative_error_carried
    from {{ ref('masked_cells') }}

)

select
    indicator_id,
    gap_years,
    any_value(pattern) as pattern,
    count(relative_error) as n_masked,
    sqrt(fsum(relative_error * relative_error order by city_id, year, year_before, year_after) / count(relative_error))
        as root_mean_square_error_share,
    median(abs(relative_error)) as median_absolute_error_share,
    median(abs(relative_error_carried)) as median_absolute_error_carried_share
from relative_errors
group by indicator_id, gap_years
