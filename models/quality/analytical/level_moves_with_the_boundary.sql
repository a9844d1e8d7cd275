-- grain: source_id x indicator_id x city_id x year, jumps that a change of boundary explains: right, and known
select
    changes.source_id,
    changes.indicator_id,
    changes.city_id,
    changes.year,
    null::double as expected,
    string_agg(distinct events.event_id, ', ' order by events.event_id)
    || format(', {:+.0f} %', 100 * (exp(min(changes.change - movements.national_change)) - 1)) as evidence,
    string_agg(distinct events.event_id, ', ' order by events.event_id) as event
from {{ ref('yearly_changes') }} as changes
inner join {{ ref('common_movements') }} as movements using (source_id, indicator_id, province_zh, year)
inner join {{ ref('city_events') }} as events
    on
        events.affects_levels
        and changes.city_id in (events.city_id, events.other_city_id)
        and changes.year = events.year
where changes.is_positive and abs(changes.change - movements.national_change) > 0.05
group by changes.source_id, changes.indicator_id, changes.city_id, changes.year
