-- grain: source_id x indicator_id x city_id x year, numbers of a block that stands some rows too high or too low
-- Few rows inside a province: the block is shifted back. Farther: every number moves to its city, if that city's own
-- moves too.
with

displaced_numbers as (

    select
        *,
        count(*) over block as rows_of_block,
        count(distinct province_zh) over block = 1 and abs(places) <= 2 as is_shift,
        arg_min(city_printed, place) over block as first_city,
        arg_max(city_printed, place) over block as last_city,
        arg_min(value_printed, place) over block as first_printed,
        arg_max(value_printed, place) over block as last_printed
    from {{ ref('displaced_numbers') }}
    window block as (partition by source_id, indicator_id, year, places, first_place)

)

select
    numbers.source_id,
    numbers.indicator_id,
    numbers.city_id,
    numbers.year,
    numbers.expected,
    '→ ' || numbers.owner_city_printed || format(' ({:+d}); ', numbers.places) || numbers.first_city || '..'
    || numbers.last_city || ', n = ' || numbers.rows_of_block as evidence,
    case when numbers.is_shift then 'shift' when owners.city_id is not null then 'move' else 'drop' end as action,
    case
        when numbers.is_shift then numbers.places || if(abs(numbers.places) = 1, ' row', ' rows')
        when owners.city_id is not null then 'city=' || numbers.owner_city_printed
    end as value_new,
    case when numbers.is_shift then numbers.first_city || '..' || numbers.last_city end as correction_city,
    format('{}..{} {:+d}', numbers.first_city, numbers.last_city, numbers.places) as event,
    case
        when numbers.is_shift
            then concat_ws(
                ' + ',
                numbers.first_city || '=' || numbers.first_printed,
                numbers.last_city || '=' || numbers.last_printed
            )
    end as correction_expected
from displaced_numbers as numbers
left join displaced_numbers as owners
    on
        numbers.source_id = owners.source_id
        and numbers.indicator_id = owners.indicator_id
        and numbers.year = owners.year
        and numbers.owner_city_id = owners.city_id
