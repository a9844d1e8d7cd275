-- grain: source_id x indicator_id x year x places x place, how much better a number fits the city some rows further
--   on than its own
-- In squared typical deviations. Distances: one or two rows, and any other at which three suspects of the page fit
-- (two pages exchanged). A number that many cities share (100 in a base year) has no place.
with

expected_numbers as (

    select * from {{ ref('expected_numbers') }}
    where cities_alike <= 2

),

distances as (

    select source_id, indicator_id, year, unnest([-2, -1, 1, 2]) as places
    from (select distinct source_id, indicator_id, year from expected_numbers)
    union
    select suspects.source_id, suspects.indicator_id, suspects.year, owners.place - suspects.place
    from {{ ref('suspect_numbers') }} as suspects
    inner join expected_numbers as owners using (source_id, indicator_id, year)
    where
        suspects.place <> owners.place
        and abs(suspects.score) >= 5
        and abs(suspects.level - owners.expected_level) < 2 * owners.typical_deviation
    group by all
    having count(*) >= 3

)

select
    numbers.source_id, numbers.indicator_id, numbers.year, numbers.place, distances.places,
    abs(numbers.level - owners.expected_level) as distance,
    distance < least(2.5 * owners.typical_deviation, 0.3) as fits,
    -- a row that does not fit there either ends the run
    case
        when fits then least(abs(numbers.score), 10) ** 2 - (distance / owners.typical_deviation) ** 2 - 2
        else -50
    end as gain
from distances
inner join expected_numbers as numbers using (source_id, indicator_id, year)
inner join expected_numbers as owners
    on
        numbers.source_id = owners.source_id
        and numbers.indicator_id = owners.indicator_id
        and numbers.year = owners.year
        and numbers.place + distances.places = owners.place
