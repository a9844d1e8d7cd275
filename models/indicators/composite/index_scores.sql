-- grain: index_id x component x city_id x year
-- z: min-max over the index sample, reversed where low is good, plus the shift. Rows outside it are scored
-- with the same ranges and may leave 0 to 1.
with

index_components as (

    select * from {{ ref('index_components') }}

),

index_ranges as (

    select * from {{ ref('index_ranges') }}

)

select
    index_components.index_id,
    index_components.component,
    index_components.city_id,
    index_components.year,
    index_components.pool,
    index_components.method,
    index_components.value,
    index_components.is_in_index_sample,
    index_components.is_used,
    case index_components.direction
        when 'positive' then index_components.value - index_ranges.minimum
        when 'negative' then index_ranges.maximum - index_components.value
    end / nullif(index_ranges.maximum - index_ranges.minimum, 0) + index_components.shift as z
from index_components
left join index_ranges using (index_id, component, pool)
