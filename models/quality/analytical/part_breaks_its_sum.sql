-- grain: source_id x indicator_id x city_id x year, the number that a broken identity of one source points to
-- Of total and parts the one that, put right by the identity, comes nearest to what the city's years let expect.
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
    -- a term in another unit is the cause by itself
    anti join {{ ref('column_in_another_unit') }} as units
        on
            numbers.source_id = units.source_id
            and numbers.indicator_id = units.indicator_id
            and numbers.city_id = units.city_id
            and numbers.year = units.year
    window same_sum as (partition by terms.identity_id, numbers.source_id, numbers.city_id, numbers.year)

),

repaired as (

    select *, if(is_total, value + gap, value - gap) as implied
    from cells
    where present = terms
    -- a source that rounds, or revises parts and totals apart, is judged by its own habit
    qualify abs(gap / total) > greatest(
        tolerance, 6 * median(abs(gap / total)) over (partition by identity_id, source_id)
    )

)

select
    -- small gaps are roundings and revisions: not worth a warning, unless the number stands out by itself
    if(abs(gap / total) < 0.05 and abs(deviation) < 5 * typical_deviation, 'info', 'warn') as severity,
    source_id,
    indicator_id,
    city_id,
    year,
    implied as expected,
    identity_id || ', Σ - total = ' || {{ rounded('gap') }} as evidence,
    'override' as action,
    {{ rounded('implied') }} as value_new
from repaired
where implied > 0
qualify row_number() over (
    partition by identity_id, source_id, city_id, year
    order by abs(deviation) - abs(ln(implied) - expected_level) desc, indicator_id asc
) = 1
