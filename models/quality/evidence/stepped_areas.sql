-- grain: source_id x indicator_id x area x turn_year, a province, or the nation, at another level for some years
-- A province leaves the nation's movement further than six typical deviations and a seventh, or the nation its own
-- usual one further than five and comes back, or than eight; a later step back ends the stretch. Without one the
-- shorter end of the series is the other level, if it is three years or less.
with

turns as (

    select
        *,
        lead(year) over along_time as year_back,
        coalesce(abs(gap + lead(gap) over along_time) < abs(gap) / 2, false) as is_back,
        coalesce(abs(gap + lag(gap) over along_time) < abs(gap) / 2, false) as is_return
    from {{ ref('area_gaps') }}
    where abs(gap) > if(area = '全国', 5, 6) * typical / sqrt(cities) + 0.15
    window along_time as (partition by source_id, indicator_id, area order by year)

)

select
    source_id, indicator_id, area, cities, usual, gap, is_back, typical, year as turn_year,
    case
        when is_back or last_year - year <= 2 then 'after' when year - first_year <= 3 then 'before' else 'at'
    end as side,
    if(side = 'before', first_year, year) as year_from,
    case
        when is_back then year_back - 1 when side = 'after' then last_year when side = 'before' then year - 1 else year
    end as year_to
from turns
where not is_return and (area <> '全国' or is_back or abs(gap) > 8 * typical / sqrt(cities) + 0.2)
