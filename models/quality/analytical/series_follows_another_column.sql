-- grain: source_id x indicator_id x city_id x year, a stretch of a city's numbers that equals another column's
-- Registered persons in the residents' column for years. Of the two columns the one that jumps more where the stretch
-- begins and ends is wrong; a pair of columns that cities often fill alike says nothing.
with

stretches as (

    select
        *,
        avg(abs(jump)) filter (where is_turn) over city_pair as own_turns,
        avg(abs(other_jump)) filter (where is_turn) over city_pair as other_turns
    from {{ ref('equal_columns') }}
    window city_pair as (partition by source_id, indicator_id, other_indicator_id, city_id)

)

select
    source_id,
    indicator_id,
    city_id,
    year,
    null::double as expected,
    '= ' || string_agg(other_indicator_id, ', ' order by other_indicator_id) || ', '
    || max(equal_years) || '/' || max(years) as evidence,
    'drop' as action,
    city_id as event
from stretches
where is_equal and own_turns > other_turns and own_turns > 0.02
group by all
