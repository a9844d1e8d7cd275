-- grain: event_id, findings of one cause: a displaced block, a province at another level, a column in another unit, a
--   series
with

events as (

    select
        event_id,
        finding_check,
        source_id,
        indicator_id,
        string_agg(distinct province_zh, ' ' order by province_zh) as province_zh,
        min(year) as first_year,
        max(year) as last_year,
        if(count(distinct direction) > 1, 'both', min(direction)) as direction,
        if(bool_or(severity = 'warn'), 'warn', 'info') as severity,
        count(*) as cells,
        count(accepted_reason) as accepted_cells,
        arg_min(evidence, (year, city_id)) as evidence,
        arg_min(message_en, (year, city_id)) as first_en,
        arg_min(message_zh, (year, city_id)) as first_zh
    from {{ ref('directed_findings') }}
    group by event_id, finding_check, source_id, indicator_id

)

select
    events.* exclude (first_en, first_zh),
    event_causes.cause_event_id,
    {{ filled_with_event('messages.text_en', 'first_en') }} as message_en,
    {{ filled_with_event('messages.text_zh', 'first_zh') }} as message_zh
from events
inner join {{ ref('event_causes') }} as event_causes using (event_id)
inner join {{ ref('messages') }} as messages on messages.message_id = 'finding_event'
