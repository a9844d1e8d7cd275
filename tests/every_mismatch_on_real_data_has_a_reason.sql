-- what to do with a row: find the cause, then write it into seeds/published/replication_reasons.csv
select specification_id, printed_item, published, ours, comparison
from {{ ref('replication') }}
where reason_code = 'unexplained'
