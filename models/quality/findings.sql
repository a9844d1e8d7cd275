-- grain: finding_check x source_id x city_id x year x indicator_id x file x row_number
-- source_id NULL: the panel after reconciliation
with

corrected as (

    select
        source_id, city_id, year, indicator_id,
        string_agg(distinct correction_id, ', ' order by correction_id) as correction_id
    from {{ ref('located_numbers') }}
    where correction_id is not null
    group by all

),

texts as (

    select
        reported_findings.*,
        messages.text_en,
        messages.text_zh,
        cities.name_zh as city_name,
        indicators.printed_header,
        -- a workbook prints in its own unit: beside the text the number in the unit that the others are in
        reported_findings.value || case
            when {{ plain_number('value_reported') }} <> coalesce({{ plain_number(number('value')) }}, '')
                then concat(
                    ' (= ', {{ plain_number('value_reported') }},
                    ' ' || nullif(regexp_extract(indicators.printed_header, '_([^_]+)$', 1), ''), ')'
                )
            else ''
        end as value_told,
        -- what a check finds in the printed number stays found; the register says that it is dealt with
        coalesce(
            accepted_findings.reason, if(depth = 'analytical', 'corrections.csv: ' || corrected.correction_id, null)
        ) as accepted_reason
    from {{ ref('reported_findings') }} as reported_findings
    left join corrected using (source_id, city_id, year, indicator_id)
    left join {{ ref('messages') }} as messages on reported_findings.finding_check = messages.message_id
    left join {{ ref('cities') }} as cities on reported_findings.city_id = cities.city_id
    left join {{ ref('indicators') }} as indicators on reported_findings.indicator_id = indicators.indicator_id
    left join {{ ref('accepted_findings') }} as accepted_findings
        on
            reported_findings.finding_check = accepted_findings.finding_check
            and reported_findings.source_id is not distinct from accepted_findings.source_id
            and reported_findings.city_id is not distinct from accepted_findings.city_id
            and reported_findings.year is not distinct from try_cast(accepted_findings.year as integer)
            and reported_findings.indicator_id is not distinct from accepted_findings.indicator_id

)

select
    * exclude (text_en, text_zh, city_name, printed_header, value_told, accepted_reason),
    {{ filled_in('text_en') }} as message_en,
    {{ filled_in('text_zh') }} as message_zh,
    accepted_reason
from texts
