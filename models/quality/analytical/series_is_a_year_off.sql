-- grain: source_id x indicator_id x city_id x year, a city's numbers that belong to the year before or after
select
    numbers.source_id,
    numbers.indicator_id,
    numbers.city_id,
    numbers.year,
    null::double as expected,
    series.evidence,
    'shift' as action,
    if(series.years_off > 0, '-1 year', '1 year') as value_new,
    if(series.strength = 0, '*', series.first_year || '..' || series.last_year) as correction_year,
    first_value(numbers.year || '=' || numbers.value_printed) over one_series as correction_expected,
    numbers.city_id || ' ' || series.first_year as event
from {{ ref('series_years_off') }} as series
inner join {{ ref('compared_numbers') }} as numbers
    on
        series.source_id = numbers.source_id
        and series.indicator_id = numbers.indicator_id
        and series.city_id = numbers.city_id
        and numbers.year between series.first_year and series.last_year
window
    one_series as (
        partition by numbers.source_id, numbers.indicator_id, numbers.city_id, series.strength, series.first_year
        order by numbers.year
    )
qualify row_number() over (
    partition by numbers.source_id, numbers.indicator_id, numbers.city_id, numbers.year
    order by series.strength desc, series.first_year asc
) = 1
