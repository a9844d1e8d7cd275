-- grain: source_id x indicator_id x city_id x years_off, series that begin (or end) with one figure twice
-- As one does that stands a year late (or early) as a whole. A column that often repeats itself says nothing.
with

numbers as (

    select source_id, indicator_id, city_id, year, value, digits
    from {{ ref('compared_numbers') }}
    where digits >= 4

),

ends as (

    select
        source_id, indicator_id, city_id,
        list(value order by year)[:2] as first_values,
        list(value order by year)[-2:] as last_values,
        list(year order by year)[:2] as first_years,
        list(year order by year)[-2:] as last_years,
        arg_min(digits, year) as first_digits,
        arg_max(digits, year) as last_digits
    from numbers
    group by all
    having count(*) >= 8

),

columns as (

    select source_id, indicator_id from {{ ref('yearly_changes') }}
    group by all
    having count_if(is_repeated) < 0.02 * count(*)

)

select source_id, indicator_id, city_id, years_off, year as seam_year, digits
from (
    select source_id, indicator_id, city_id, 1 as years_off, first_years[2] as year, first_digits as digits
    from ends
    where first_values[1] = first_values[2] and first_years[2] = first_years[1] + 1
    union all
    select source_id, indicator_id, city_id, -1, last_years[2], last_digits
    from ends
    where last_values[1] = last_values[2] and last_years[2] = last_years[1] + 1
)
semi join columns using (source_id, indicator_id)
anti join {{ ref('year_is_repeated') }} using (source_id, indicator_id, city_id, year)
