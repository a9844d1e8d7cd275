-- grain: source_id x indicator_id x city_id x year, the number that a broken identity of one source points to
-- Of total and parts the one that, put right by the identity, comes nearest to what the city's years let expect. Where
-- one of them stands in a wrong block, that is the cause, and no other term is named.
with

-- what the sum lets a term be, printed by another source
witnesses as (

    select distinct broken_sums.identity_id, broken_sums.source_id, indicator_id, city_id, year, true as has_witness
    from {{ ref('broken_sums') }} as broken_sums
    inner join {{ ref('compared_numbers') }} as others using (indicator_id, city_id, year)
    where
        broken_sums.source_id <> others.source_id
        and abs(others.value / broken_sums.implied - 1) < 0.0005
        and abs(others.value / broken_sums.value - 1) > 0.01

),

terms as (

    select
        *,
        abs(deviation) - abs(ln(implied) - expected_level) as gain,
        bool_or(is_explained) over same_sum as has_cause
    from {{ ref('broken_sums') }}
    left join witnesses using (identity_id, source_id, indicator_id, city_id, year)
    where implied > 0
    window same_sum as (partition by identity_id, source_id, city_id, year)

)

select
    -- small gaps are roundings and revisions: not worth a warning, unless the number stands out by itself
    if(abs(gap / total) < 0.05 and abs(deviation) < 3.5 * typical_deviation, 'info', 'warn') as severity,
    source_id,
    indicator_id,
    city_id,
    year,
    implied as expected,
    identity_id || ', Σ - total = ' || {{ rounded('gap') }} as evidence,
    'override' as action,
    {{ rounded('implied') }} as value_new
from terms
where is_explained or not has_cause
qualify row_number() over (
    partition by identity_id, source_id, city_id, year order by has_witness is null, gain desc, indicator_id asc
) = 1
