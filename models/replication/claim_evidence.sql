-- grain: claim_id x basis (stars, t, ours) x position, the numbers that decide a claim, each beside the one before it
with

claimed as (

    select
        *,
        trim(unnest(string_split(specification_ids, '+'))) as specification_id,
        generate_subscripts(string_split(specification_ids, '+'), 1) as position
    from {{ ref('published_claims') }}

),

bases as (

    select unnest(['stars', 't', 'ours']) as basis

)

-- the smallest of 10, 5 and 1 % at which a number is significant, 1 for none
select
    claimed.claim_id, claimed.test_kind, claimed.expected, claimed.position, bases.basis, numbers.number,
    numbers.std_error, numbers.stars, [1, 0.1, 0.05, 0.01][numbers.stars + 1] as level,
    lag(numbers.number) over (
        partition by claimed.claim_id, bases.basis order by claimed.position
    ) as number_before,
    lag(numbers.std_error) over (
        partition by claimed.claim_id, bases.basis order by claimed.position
    ) as std_error_before,
    -- a column that was printed or fitted at all can lack a term
    claimed.specification_id in (
        select known.specification_id from {{ ref('claim_numbers') }} as known
        where known.basis = bases.basis
    ) as is_known
from claimed
cross join bases
left join {{ ref('claim_numbers') }} as numbers using (basis, specification_id, printed_item)
