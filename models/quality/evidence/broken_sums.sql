-- grain: identity_id x source_id x indicator_id x city_id x year, the terms of sums that do not hold, with what the
--   others let each be
with

cells as (

    select
        terms.*,
        numbers.source_id, numbers.city_id, numbers.year, numbers.value, numbers.deviation, numbers.expected_level,
        numbers.typical_deviation,
        sum(if(terms.is_total, -numbers.value, numbers.value) order by terms.indicator_id) over same_sum as gap,
        sum(if(terms.is_total, numbers.value, 0)) over same_sum as total,
        count(*) over same_sum as present
    from {{ ref('identity_terms') }} as terms
    inner join {{ ref('expected_numbers') }} as numbers using (indicator_id)
    window same_sum as (partition by terms.identity_id, numbers.source_id, numbers.city_id, numbers.year)

)

select
    cells.*,
    if(is_total, value + gap, value - gap) as implied,
    explained.city_id is not null as is_explained
from cells
left join {{ ref('blocks_explained') }} as explained using (source_id, indicator_id, city_id, year)
where present = terms
-- a source that rounds, or revises parts and totals apart, is judged by its own habit
qualify abs(gap / total) > greatest(tolerance, 6 * median(abs(gap / total)) over (partition by identity_id, source_id))
