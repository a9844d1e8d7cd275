-- grain: claim_id x basis (stars, t, ours), whether the claim holds by these numbers; NULL where one it needs is absent
with

decided as (

    select
        claim_id,
        basis,
        test_kind,
        count(number) = count(*) as is_complete,
        bool_and(is_known) as is_known,
        -- said of every number: those that are there may refute it alone
        case test_kind
            when 'positive_at' then bool_and(number > 0 and level <= expected)
            when 'negative_at' then bool_and(number < 0 and level <= expected)
            when 'significant_at' then bool_and(level <= expected)
            when 'not_significant_at' then bool_and(level > expected)
            when 'positive_not_significant_at' then bool_and(number > 0 and level > expected)
            when 'band_is' then bool_and(stars = expected)
            when 'value_equals' then bool_and(number = expected)
            when 'below' then bool_and(number < expected)
            when 'above' then bool_and(number > expected)
        end as of_each,
        -- said of the numbers together
        case test_kind
            when 'decreasing' then coalesce(bool_and(number < number_before), false)
            when 'differs'
                then bool_or(
                    abs(number - number_before) > 1.959964 * sqrt(std_error ** 2 + std_error_before ** 2)
                )
            when 'sign_differs' then count(distinct sign(number)) > 1
            when 'same_sign_and_band' then count(distinct sign(number)) = 1 and count(distinct stars) = 1
        end as of_all
    from {{ ref('claim_evidence') }}
    group by claim_id, basis, test_kind

)

select
    claim_id,
    basis,
    case
        when test_kind = 'term_is_present' and is_known then is_complete
        when is_complete or not of_each then coalesce(of_each, of_all)
    end as holds
from decided
