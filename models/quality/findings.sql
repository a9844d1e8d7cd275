-- grain: finding_check x source_id x city_id x year x indicator_id x file x row_number
-- source_id NULL: the panel after reconciliation
with

reported_findings as (

    select * from {{ ref('reported_findings') }}

),

messages as (

    select * from {{ ref('messages') }}

),

accepted_findings as (

    select * from {{ ref('accepted_findings') }}

),

cities as (

    select * from {{ ref('cities') }}

),

texts as (

    select
        reported_findings.*,
        messages.text_en,
        messages.text_zh,
        cities.name_zh as city_name,
        accepted_findings.reason as accepted_reason
    from reported_findings
    left join messages on reported_findings.finding_check = messages.message_id
    left join cities on reported_findings.city_id = cities.city_id
    left join accepted_findings
        on
            reported_findings.finding_check = accepted_findings.finding_check
            and reported_findings.source_id is not distinct from accepted_findings.source_id
            and reported_findings.city_id is not distinct from accepted_findings.city_id
            and reported_findings.year is not distinct from try_cast(accepted_findings.year as integer)
            and reported_findings.indicator_id is not distinct from accepted_findings.indicator_id

)

select
    * exclude (text_en, text_zh, city_name, accepted_reason),
    {{ filled_in('text_en') }} as message_en,
    {{ filled_in('text_zh') }} as message_zh,
    accepted_reason
from texts
