-- grain: source_id x indicator_id x city_id x year, zeros that a ratio divides by: missing, or small and rounded to
--   nothing
select
    source_id,
    indicator_id,
    city_id,
    year,
    null::double as expected,
    '/ ' || string_agg(distinct ratio_id, ', ' order by ratio_id) as evidence,
    'drop' as action
from {{ ref('compared_numbers') }}
inner join {{ ref('ratio_ranges') }} as ratios on indicator_id = ratios.denominator
where value = 0
group by all
