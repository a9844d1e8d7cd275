-- grain: claim_id x basis (stars, t, ours), whether the claim holds by these numbers; NULL where a number is absent
select
    claim_id,
    basis,
    case
        when test_kind = 'term_is_present' and bool_and(is_known) then count(number) = count(*)
        when count(number) < count(*) then null
        else case test_kind
            when 'positive_at' then bool_and(number > 0 and level <= expected)
            when 'negative_at' then bool_and(number < 0 and level <= expected)
            when 'significant_at' then bool_and(level <= expected)
            when 'not_significant_at' then bool_and(level > expected)
            when 'positive_not_significant_at' then bool_and(number > 0 and level > expected)
            when 'band_is' then bool_and(stars = expected)
            when 'decreasing' then coalesce(bool_and(number < number_before), false)
            when 'differs'
                then bool_or(
                    abs(number - number_before) > 1.959964 * sqrt(std_error ** 2 + std_error_before ** 2)
                )
            when 'sign_differs' then count(distinct sign(number)) > 1
            when 'same_sign_and_band' then count(distinct sign(number)) = 1 and count(distinct stars) = 1
            when 'value_equals' then bool_and(number = expected)
            when 'below' then bool_and(number < expected)
            when 'above' then bool_and(number > expected)
        end
    end as holds
from {{ ref('claim_evidence') }}
group by claim_id, basis, test_kind
