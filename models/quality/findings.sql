-- grain: finding_check x source_id x city_id x year x indicator_id x row_number; source_id NULL: the panel after reconciliation
with

reported as (

    select *, 'structural' as depth from {{ ref('structural_findings') }}
    union all by name
    select *, 'structural' as depth from {{ ref('cell_findings') }}
    union all by name
    select *, 'logical' as depth from {{ ref('logical_findings') }}

),

messages as (

    select * from {{ ref('messages') }}

),

accepted_findings as (

    select * from {{ ref('accepted_findings') }}

),

cities as (

    select city_id, name_zh from {{ ref('cities') }}

),

texts as (

    select
        reported.*,
        {% for language in ['en', 'zh'] %}
        replace(replace(replace(replace(replace(replace(replace(replace(messages.text_{{ language }},
            '{file}', coalesce(file, '')), '{row}', coalesce(row_number::varchar, '')), '{column}', coalesce(column_printed, reported.indicator_id, '')),
            '{value}', coalesce(value, '')), '{expected}', coalesce(expected, '')), '{city}', coalesce(cities.name_zh, '')),
            '{year}', coalesce(reported.year::varchar, '')), '{correction}', coalesce(proposed_correction, '')) as message_{{ language }},
        {% endfor %}
    from reported
    left join messages on reported.finding_check = messages.message_id
    left join cities on reported.city_id = cities.city_id

)

select
    texts.finding_check,
    texts.depth,
    texts.severity,
    texts.source_id,
    texts.city_id,
    texts.year,
    texts.indicator_id,
    texts.file,
    texts.row_number,
    texts.column_printed,
    texts.value,
    texts.expected,
    texts.proposed_correction,
    texts.message_en,
    texts.message_zh,
    accepted_findings.reason as accepted_reason
from texts
left join accepted_findings
    on
        texts.finding_check = accepted_findings.finding_check
        and texts.source_id is not distinct from accepted_findings.source_id
        and texts.city_id is not distinct from accepted_findings.city_id
        and texts.year is not distinct from try_cast(accepted_findings.year as integer)
        and texts.indicator_id is not distinct from accepted_findings.indicator_id
