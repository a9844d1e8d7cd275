-- grain: source_id x indicator_id x area x turn_year, a province, or the nation, at another level for some years
-- A province leaves the nation's movement, or the nation its own usual one, further than eight typical deviations and
-- a fifth; a later step back ends the stretch. Without one the shorter end of the series is the other level, if it is
-- three years or less.
with

national as (

    select source_id, indicator_id, year, national_change, sum(cities) as cities
    from {{ ref('common_movements') }}
    group by all

),

gaps as (

    select
        source_id, indicator_id, province_zh as area, year, national_change as usual, provincial_change as change,
        cities
    from {{ ref('common_movements') }}
    where cities >= 4
    union all
    select source_id, indicator_id, '全国', year, median(national_change) over series, national_change, cities
    from national
    window series as (partition by source_id, indicator_id)

),

steps as (

    select
        *,
        change - usual as gap,
        min(year) over series as first_year,
        max(year) over series as last_year,
        -- of a single city: the median of many cities moves less
        1.4826 * median(abs(change - usual) * sqrt(cities)) over alike as typical
    from gaps
    window
        series as (partition by source_id, indicator_id, area),
        alike as (partition by source_id, indicator_id, area = '全国')

),

turns as (

    select
        *,
        lead(year) over along_time as year_back,
        coalesce(abs(gap + lead(gap) over along_time) < abs(gap) / 2, false) as is_back,
        coalesce(abs(gap + lag(gap) over along_time) < abs(gap) / 2, false) as is_return
    from steps
    where abs(gap) > 8 * typical / sqrt(cities) + 0.2
    window along_time as (partition by source_id, indicator_id, area order by year)

)

select
    source_id, indicator_id, area, cities, usual, gap, is_back, year as turn_year,
    case
        when is_back or last_year - year <= 2 then 'after' when year - first_year <= 3 then 'before' else 'at'
    end as side,
    if(side = 'before', first_year, year) as year_from,
    case
        when is_back then year_back - 1 when side = 'after' then last_year when side = 'before' then year - 1 else year
    end as year_to
from turns
where not is_return
