-- grain: specification_id x printed_item, the ledger: published, ours, comparison, reason and verdict of every number
select
    pairs.study,
    pairs.specification_id,
    pairs.printed_item,
    pairs.number_kind,
    pairs.printed,
    pairs.published,
    pairs.ours,
    pairs.difference,
    pairs.difference_last_digits,
    pairs.published_std_error,
    pairs.std_error,
    pairs.p_value,
    pairs.stars,
    pairs.our_stars,
    pairs.signs_agree,
    pairs.bands_agree,
    pairs.published_conf_low,
    pairs.published_conf_high,
    pairs.conf_low,
    pairs.conf_high,
    pairs.published_in_our_interval,
    pairs.ours_in_published_interval,
    pairs.intervals_overlap,
    reasons.rung,
    reasons.comparison,
    case
        when pairs.ours is null then 'not_estimable'
        when circumstances.data_kind = 'synthetic' then 'synthetic'
        else reasons.comparison
    end as verdict,
    reasons.reason_code,
    case
        when reasons.reason_code = written.reason_code then written.explanation_en
        else reason_codes.meaning_en
    end as reason_en,
    case
        when reasons.reason_code = written.reason_code then written.explanation_zh
        else reason_codes.meaning_zh
    end as reason_zh,
    circumstances.missing_variables,
    circumstances.data_kind,
    circumstances.n_obs,
    circumstances.share_imputed,
    circumstances.failure_message,
    circumstances.failure_message_zh
from {{ ref('printed_and_ours') }} as pairs
left join {{ ref('reasons_found') }} as reasons using (specification_id, printed_item)
left join {{ ref('fit_circumstances') }} as circumstances using (specification_id)
left join {{ ref('reason_codes') }} as reason_codes using (reason_code)
left join {{ ref('written_reasons') }} as written using (specification_id, printed_item)
