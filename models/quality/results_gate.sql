-- grain: expectation_id of severity error that the results do not meet; exhibits and ledger wait for none to be here
select expectation_id as check_id, 'quality.expectation_results' as found_in, message_en, message_zh
from {{ ref('results_expectation_runs') }}
where severity = 'error' and not is_met
