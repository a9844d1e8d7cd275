-- grain: specification_id x printed_item, the first rung of comparison_ladder.csv that a pair of numbers reaches
select
    specification_id,
    printed_item,
    case
        when ours is null then 'no_number_of_ours'
        when abs(difference_last_digits) <= 0.5 + 1e-9 then 'equal_as_printed'
        when number_kind <> 'n_obs' and abs(difference_last_digits) <= 1.5 + 1e-9 then 'within_one_last_digit'
        when number_kind = 'coefficient'
            then case
                when
                    signs_agree and published_in_our_interval and ours_in_published_interval
                    then 'inside_both_intervals'
                when signs_agree and bands_agree then 'same_sign_and_band'
                when signs_agree then 'same_sign'
                else 'other_sign'
            end
        when number_kind = 'hausman_p' and (ours < 0.05) = (published < 0.05) then 'same_decision'
        when number_kind = 'n_obs' and abs(difference) <= 0.01 * published then 'near'
        when number_kind = 'r2' and abs(difference) <= 0.05 then 'near'
        else 'far'
    end as comparison
from {{ ref('printed_and_ours') }}
