-- grain: source_id x indicator_id x city_id x year, the number that a broken identity of one source points to
-- Of total and parts the one that, put right by the identity, comes nearest to what the city's years let expect. Where
-- one of them stands in a wrong block, that is the cause, and no other term is named.
with

terms as (

    select
        *,
        abs(deviation) - abs(ln(implied) - expected_level) as gain,
        bool_or(is_explained) over same_sum as has_cause
    from {{ ref('broken_sums') }}
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
    partition by identity_id, source_id, city_id, year order by gain desc, indicator_id asc
) = 1
