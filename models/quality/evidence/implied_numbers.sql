-- grain: identity_id x source_id x indicator_id x city_id x year, what the other terms of a sum let a number be
with

cells as (

    select
        terms.identity_id, terms.indicator_id, terms.is_total, terms.terms,
        numbers.source_id, numbers.city_id, numbers.year, numbers.value,
        sum(if(terms.is_total, -numbers.value, numbers.value) order by terms.indicator_id) over same_sum as gap,
        count(*) over same_sum as present
    from {{ ref('identity_terms') }} as terms
    inner join {{ ref('compared_numbers') }} as numbers using (indicator_id)
    window same_sum as (partition by terms.identity_id, numbers.source_id, numbers.city_id, numbers.year)

)

select identity_id, source_id, indicator_id, city_id, year, if(is_total, value + gap, value - gap) as value
from cells
where present = terms
