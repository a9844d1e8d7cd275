-- grain: source_id x indicator_id x city_id x year, the cells of a column, or of a province in it, that are last
--   year's again
with

yearly_changes as (

    select * from {{ ref('yearly_changes') }}
    where change is not null

),

shares as (

    select source_id, indicator_id, province_zh, year, count_if(is_repeated) as repeated, count(*) as cities
    from yearly_changes
    group by all

),

-- how often the column repeats itself in the other years
habits as (

    select
        source_id,
        indicator_id,
        year,
        (sum(sum(repeated)) over series - sum(repeated))
        / nullif(sum(sum(cities)) over series - sum(cities), 0) as habit
    from shares
    group by source_id, indicator_id, year
    window series as (partition by source_id, indicator_id)

)

select
    source_id,
    indicator_id,
    city_id,
    year,
    null::double as expected,
    province_zh || ': ' || repeated || '/' || cities || ' = ' || (year - 1) as evidence,
    'drop' as action,
    province_zh || ' ' || year as event
from yearly_changes
inner join shares using (source_id, indicator_id, province_zh, year)
inner join habits using (source_id, indicator_id, year)
-- land area stays as it is: a column that often repeats itself says nothing
where is_repeated and repeated >= 3 and repeated > 0.6 * cities and coalesce(habit, 0) < 0.05
