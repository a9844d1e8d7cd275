-- grain: index_id x component x pool (all years, or each year apart)
with

index_components as (

    select * from {{ ref('index_components') }}

)

select
    index_id,
    component,
    pool,
    method,
    index_sample,
    count(*) filter (where is_used) as n,
    min(value) filter (where is_used) as minimum,
    max(value) filter (where is_used) as maximum
from index_components
group by index_id, component, pool, method, index_sample
