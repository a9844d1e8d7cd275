-- grain: source_id x indicator_id x area x year, how far the typical city of a province moved beyond that of the
--   nation, or that of the nation beyond its usual movement
-- Years in another unit are known already: their steps count as usual for the nation, and hide no other step.
with

national as (

    select source_id, indicator_id, year, national_change, sum(cities) as cities
    from {{ ref('common_movements') }}
    group by all

),

unit_steps as (

    select
        jumps.source_id,
        jumps.indicator_id,
        national.year,
        sum(if(is_too_large, 1, -1) * if(national.year = year_from, 1, -1) * ln(factor)) as unit_step
    from {{ ref('column_jumps') }} as jumps
    inner join national
        on
            jumps.source_id = national.source_id
            and jumps.indicator_id = national.indicator_id
            and national.year in (year_from, year_to + 1)
    group by all

),

gaps as (

    select
        source_id, indicator_id, province_zh as area, year, national_change as usual, provincial_change as change,
        cities
    from {{ ref('common_movements') }}
    where cities >= 4
    union all
    select
        source_id, indicator_id, '全国', year,
        median(national_change) over series
        + if(year = min(year) over series, 0, coalesce(unit_step, 0)),
        national_change, cities
    from national
    left join unit_steps using (source_id, indicator_id, year)
    window series as (partition by source_id, indicator_id)

)

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
