-- grain: expectation_id, what Great Expectations found on panels.city_year
select
    expectation_id,
    table_name,
    column_name,
    expectation_runs.severity,
    is_met,
    rows_checked,
    rows_unexpected,
    observed,
    reason,
    replace(
        replace(messages.text_en, '{value}', expectation_id),
        '{expected}',
        reason || coalesce('; ' || observed, '')
    ) as message_en,
    replace(
        replace(messages.text_zh, '{value}', expectation_id),
        '{expected}',
        reason || coalesce('; ' || observed, '')
    ) as message_zh
from {{ ref('expectation_runs') }}
left join {{ ref('messages') }} as messages on messages.message_id = 'expectation_is_not_met'
