-- grain: indicator_id x city_id x year, the number of the first source that prints one, as printed: the register is
--   not asked
select
    numbers.indicator_id,
    numbers.city_id,
    numbers.year,
    arg_min(numbers.source_id, (coalesce(origins.precedence, 9999), numbers.source_id)) as source_id,
    arg_min(numbers.value, (coalesce(origins.precedence, 9999), numbers.source_id)) as value
from {{ ref('compared_numbers') }} as numbers
left join {{ ref('source_origins') }} as origins using (source_id)
group by all
