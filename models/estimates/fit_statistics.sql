-- grain: specification_id
with

estimation_samples as (

    select * from {{ ref('estimation_samples') }}

),

marked_shares as (

    select
        specification_id,
        max(share_imputed) as share_imputed,
        max(share_corrected) as share_corrected,
        max(share_break) as share_break
    from {{ ref('marked_shares') }}
    group by specification_id

),

data_kinds as (

    select
        estimation_samples.specification_id,
        case when bool_and(city_year_sources.is_real) then 'real' else 'synthetic' end as data_kind
    from estimation_samples
    inner join {{ ref('city_year_sources') }} as city_year_sources using (city_id, year)
    group by estimation_samples.specification_id

),

fits as (

    select
        specification_id,
        unnest(from_json(fit, '{
            "n_obs": "BIGINT", "n_cities": "BIGINT", "n_years": "BIGINT", "df_residual": "BIGINT", "k_parameters": "BIGINT",
            "r2_overall": "DOUBLE", "r2_overall_adjusted": "DOUBLE", "r2_within": "DOUBLE", "r2_within_adjusted": "DOUBLE",
            "f_statistic": "DOUBLE", "f_p_value": "DOUBLE", "dependent_mean": "DOUBLE", "covariance": "VARCHAR",
            "clusters": "JSON", "rows_missing": "BIGINT", "singletons": "BIGINT", "quantile_type": "BIGINT",
            "index_sample": "VARCHAR", "engine": "VARCHAR", "seed": "BIGINT", "flags": "JSON",
            "failure_id": "VARCHAR", "failure_message": "VARCHAR", "failure_message_zh": "VARCHAR"
        }'))
    from {{ ref('regression_fits') }}

)

select
    fits.*,
    marked_shares.share_imputed,
    marked_shares.share_corrected,
    marked_shares.share_break,
    data_kinds.data_kind
from fits
left join marked_shares using (specification_id)
left join data_kinds using (specification_id)
