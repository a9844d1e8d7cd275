-- grain: source_id x indicator_id x city_id x year, a number that stands in another's place, and that one in its
-- Two cities, two columns or two years that carry each other's number. A block of rows tells more, where there is one.
select
    source_id,
    indicator_id,
    city_id,
    year,
    expected,
    '↔ ' || case
        when indicator_id <> other_indicator_id then other_indicator_id
        when city_id <> other_city_id then other_city_printed
        else other_year::varchar
    end || ' (' || {{ rounded('other_value') }} || ')' as evidence,
    'move' as action,
    case
        when indicator_id <> other_indicator_id then 'indicator=' || other_indicator_id
        when city_id <> other_city_id then 'city=' || other_city_printed
        else 'year=' || other_year
    end as value_new,
    concat_ws(
        ' ', least(city_id, other_city_id), nullif(greatest(city_id, other_city_id), least(city_id, other_city_id)),
        least(year, other_year), nullif(greatest(year, other_year), least(year, other_year))
    ) as event
from {{ ref('exchanged_numbers') }}
anti join {{ ref('displaced_numbers') }} using (source_id, indicator_id, city_id, year)
