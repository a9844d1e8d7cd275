-- grain: one row per finding or expectation that stops the build; the regressions wait for this table to be empty
select finding_check as check_id, 'quality.findings' as found_in, message_en, message_zh
from {{ ref('findings') }}
where severity = 'error' and accepted_reason is null
union all
select expectation_id, 'quality.expectation_results', message_en, message_zh
from {{ ref('data_expectation_runs') }}
where severity = 'error' and not is_met
