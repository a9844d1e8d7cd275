-- How far are our numbers from the printed ones, and why?
select
    specification_id,
    printed_item,
    printed,
    ours,
    difference_last_digits,
    comparison,
    verdict,
    reason_code,
    missing_variables
from {{ ref('replication') }}
order by specification_id, number_kind, printed_item
