-- grain: specification_id x printed_item, the one reason why ours is absent, differs, or needs no reason
with

printed_and_ours as (

    select * from {{ ref('printed_and_ours') }}

),

printed_rows as (

    select specification_id, published as n_obs_printed from printed_and_ours
    where printed_item = 'n_obs'

)

select
    pairs.specification_id,
    pairs.printed_item,
    comparison_ladder.rung,
    comparison_ladder.comparison,
    comparison_ladder.is_match,
    case
        when pairs.ours is null and circumstances.missing_variables is not null then 'variable_absent'
        when pairs.ours is null and circumstances.n_obs is null then 'specification_not_fitted'
        when pairs.ours is null and pairs.number_kind = 'coefficient' then 'term_not_estimated'
        when pairs.ours is null and pairs.term_status = 'not_defined' then 'diagnostic_not_defined'
        when pairs.ours is null then 'diagnostic_absent'
        when circumstances.data_kind = 'synthetic' then 'synthetic_data'
        when comparison_ladder.is_match then 'none_needed'
        when written_reasons.reason_code is not null then written_reasons.reason_code
        when circumstances.n_obs <> printed_rows.n_obs_printed then 'rows_differ'
        when circumstances.share_imputed > 0 then 'cells_imputed'
        else 'unexplained'
    end as reason_code
from printed_and_ours as pairs
left join {{ ref('fit_circumstances') }} as circumstances using (specification_id)
left join {{ ref('rungs_reached') }} using (specification_id, printed_item)
left join {{ ref('comparison_ladder') }} as comparison_ladder using (comparison)
left join {{ ref('written_reasons') }} as written_reasons using (specification_id, printed_item)
left join printed_rows using (specification_id)
