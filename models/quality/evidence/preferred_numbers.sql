-- grain: indicator_id x city_id x year, the number of the source that the panel uses first, as printed: the register is
--   not asked
{#- a source that sources.csv lacks comes last #}
{%- set order_of_use = "(origins.source_id is null, coalesce(origins.order_of_use, 0), numbers.source_id)" %}
select
    numbers.indicator_id,
    numbers.city_id,
    numbers.year,
    arg_min(numbers.source_id, {{ order_of_use }}) as source_id,
    arg_min(numbers.value, {{ order_of_use }}) as value
from {{ ref('compared_numbers') }} as numbers
left join {{ ref('source_origins') }} as origins using (source_id)
group by all
