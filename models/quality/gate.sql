-- grain: one row per finding or expectation that stops the build; the regressions wait for this table to be empty
select finding_check as check_id, message_en, message_zh
from {{ ref('findings') }}
where severity = 'error' and accepted_reason is null
union all
select expectation_id, message_en, message_zh
from {{ ref('expectation_results') }}
where severity = 'error' and not is_met
