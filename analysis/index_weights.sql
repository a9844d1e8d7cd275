-- What does the digital index weigh, and how do the other recipes weigh the same components?
select index_id, component, method, pool, weight, entropy, n, minimum, maximum, index_sample
from {{ ref('index_weights') }}
where n > 0
order by index_id, pool, component
