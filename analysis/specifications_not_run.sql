-- Which regressions could not run, and why?
select specification_id, failure_message, failure_message_zh
from {{ ref('fit_statistics') }}
where failure_message is not null
order by specification_id
