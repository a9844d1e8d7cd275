-- Which printed stars does no plausible distribution justify?
select specification_id, printed_item, printed, stars, abs_t_low, abs_t_high, findings
from {{ ref('printed_audit') }}
where audit_check = 'stars' and verdict = 'wrong under every reference'
order by specification_id, printed_item
