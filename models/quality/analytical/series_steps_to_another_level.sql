-- grain: source_id x indicator_id x city_id x year, a city that moves to another level and stays there, without a
--   known event
-- Both sides are steady and the step is far beyond what the column knows. A census moves the residents of 2010 and
-- 2020.
with

expected_numbers as (

    select * from {{ ref('expected_numbers') }}

)

select
    'info' as severity,
    source_id,
    indicator_id,
    city_id,
    year,
    expected,
    format('{:+.0f} %', 100 * (exp(from_before) - 1)) as evidence
from expected_numbers
anti join {{ ref('boundary_years') }} as events
    on expected_numbers.city_id = events.city_id and expected_numbers.year between events.year - 1 and events.year + 1
where
    is_positive
    and abs(step) > 10 * typical_deviation
    and abs(step) between 0.2 and 2
    and abs(from_after) < abs(step) / 4
    and len(before) >= 2
    and len(after) >= 2
    and spread_before < abs(step) / 4
    and spread_after < abs(step) / 4
    and not (indicator_id = 'resident_population_10k_persons' and year in (2000, 2010, 2011, 2020, 2021))
