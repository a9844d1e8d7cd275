-- grain: source_id x indicator_id x city_id x year, numbers far from what the city's other years let expect
-- Isolated: the years around agree with each other better than with the number, or lie on both sides at one height. A
-- step that stays is another matter (see series_steps_to_another_level). Around a change of boundary a jump is right,
-- unless it is larger than any city has grown by one (Tongling doubled).
with

expected_numbers as (

    select * from {{ ref('expected_numbers') }}

),

breaks as (

    select distinct city_id, unnest([year - 1, year, year + 1]) as year
    from {{ ref('boundary_years') }}

)

select expected_numbers.*
from expected_numbers
left join breaks using (city_id, year)
where
    abs(score) >= 3
    and (spread < abs(deviation) or (is_inside and abs(step) < abs(deviation) / 2))
    and (breaks.year is null or abs(deviation) > 1.5)
