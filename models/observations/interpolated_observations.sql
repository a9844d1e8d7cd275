-- grain: city_id x year x indicator_id of the cells that interpolation fills
-- Linear in calendar years inside a city, between two observed years with at most interpolation_max_gap_years missing
-- ones between them, nothing at the edges; only indicators that the dictionary allows, never a dependent variable's.
with

reconciled_observations as (

    select * from {{ ref('reconciled_observations') }}
    where value_corrected is not null

),

gaps as (

    select
        city_id,
        indicator_id,
        reconciled_observations.unit,
        year as year_before,
        value_corrected as value_before,
        lead(year) over along_time as year_after,
        lead(value_corrected) over along_time as value_after
    from reconciled_observations
    inner join {{ ref('indicators') }} as indicators using (indicator_id)
    where indicators.may_interpolate
    window along_time as (partition by city_id, indicator_id order by year)

)

select
    city_id,
    filled.year,
    indicator_id,
    unit,
    value_before
    + (value_after - value_before)
    * (filled.year - year_before)
    / (year_after - year_before) as value_interpolated,
    'linear between ' || year_before || ' and ' || year_after as method
from gaps, unnest(range(year_before + 1, year_after)) as filled (year)
where year_after - year_before - 1 between 1 and {{ var('interpolation_max_gap_years') }}
