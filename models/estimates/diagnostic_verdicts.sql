-- grain: specification_id x test x variable, with the verdict by the rule of the test (diagnostic_tests.csv)
with

records as (

    select * from {{ ref('diagnostics_of_fits') }}
    union all by name
    select * from {{ ref('diagnostics_without_a_province') }}
    union all by name
    select * from {{ ref('diagnostics_of_curves') }}

),

judged as (

    select
        records.*,
        tests.verdict_rule,
        tests.verdict_if,
        tests.verdict_else,
        tests.note_en as template_en,
        tests.note_zh as template_zh,
        try_cast(tests.threshold as double) as threshold,
        (records.critical_values ->> tests.threshold)::double as critical_value,
        from_json(records.details -> 'intervals', '[["DOUBLE"]]') as intervals
    from records
    left join {{ ref('diagnostic_tests') }} as tests using (test)

)

select
    *,
    case
        when reason is not null then 'not_defined'
        when verdict_rule in ('see', 'described') then verdict_if
        when verdict_rule = 'p_below' and p_value is null then 'not_defined'
        when verdict_rule not in ('p_below', 'contains_zero') and statistic is null then 'not_defined'
        when verdict_rule = 'p_below' then if(p_value < threshold, verdict_if, verdict_else)
        when verdict_rule = 'critical_value' and critical_value is null then 'no_critical_value'
        when verdict_rule = 'critical_value' then if(statistic > critical_value, verdict_if, verdict_else)
        when verdict_rule = 'statistic_above' then if(statistic > threshold, verdict_if, verdict_else)
        -- no share of equal selection explains the slope away, nor does more of it where delta is negative
        when verdict_rule = 'outside_zero_to' then if(statistic between 0 and threshold, verdict_else, verdict_if)
        when verdict_rule = 'statistic_below' then if(statistic < threshold, verdict_if, verdict_else)
        when verdict_rule = 'contains_zero'
            then if(
                len(list_filter(intervals, lambda x: coalesce(x[1] <= 0, true) and coalesce(x[2] >= 0, true))) > 0,
                verdict_if, verdict_else
            )
    end as verdict
from judged
