-- grain: finding_check x source_id x city_id x year x indicator_id, what the analytical checks suspect, with the
--   printed cell
with

suspicions as (

    select
        null::varchar as finding_check,
        null::varchar as severity,
        null::varchar as source_id,
        null::varchar as indicator_id,
        null::varchar as city_id,
        null::integer as year,
        null::double as expected,
        null::varchar as evidence,
        null::varchar as action,
        null::varchar as value_new,
        null::varchar as value,
        null::varchar as correction_city,
        null::varchar as correction_year,
        null::varchar as correction_expected,
        null::varchar as event
    where false
    {% for check in var('analytical_checks') -%}
    union all by name
    select '{{ check }}' as finding_check, * from {{ ref(check) }}
    {% endfor %}

)

select
    suspicions.finding_check,
    coalesce(suspicions.severity, messages.severity) as severity,
    suspicions.source_id,
    suspicions.city_id,
    suspicions.year,
    suspicions.indicator_id,
    cells.file,
    cells.row_number,
    cells.column_printed,
    coalesce(suspicions.value, cells.value_printed) as value,
    coalesce(try_cast(suspicions.value as double), cells.value) as value_reported,
    {{ rounded('suspicions.expected') }} as expected,
    suspicions.evidence,
    suspicions.event,
    case when suspicions.action is not null then {{ csv_row([
        "concat_ws('_', suspicions.indicator_id, coalesce(suspicions.correction_city, suspicions.city_id), "
        ~ "coalesce(suspicions.correction_year, suspicions.year::varchar))",
        'suspicions.source_id', 'suspicions.indicator_id', 'coalesce(suspicions.correction_city, cells.city_printed)',
        'coalesce(suspicions.correction_year, suspicions.year::varchar)', 'suspicions.action',
        'coalesce(suspicions.correction_expected, cells.value_printed)', 'suspicions.value_new',
        "replace(suspicions.finding_check, '_', ' ')", 'suspicions.evidence'
    ]) }} end as proposed_correction
from suspicions
inner join {{ ref('messages') }} as messages on suspicions.finding_check = messages.message_id
left join {{ ref('compared_numbers') }} as cells using (source_id, indicator_id, city_id, year)
