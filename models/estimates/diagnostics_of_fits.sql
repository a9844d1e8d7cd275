-- grain: specification_id x test x variable (NULL: a joint test), as the estimators gave them
with

records as (

    select
        specification_id,
        unnest(from_json(diagnostics, '[{
            "test": "VARCHAR", "variable": "VARCHAR", "statistic": "DOUBLE", "df": "DOUBLE", "df_denominator": "DOUBLE",
            "p_value": "DOUBLE", "reason": "VARCHAR", "flags": "VARCHAR[]", "draws": "BIGINT", "seed": "BIGINT",
            "details": "JSON"
        }]'), recursive := true)
    from {{ ref('regression_fits') }}

),

stock_yogo as (

    select specification_id, details as tabulated from records
    where test = 'stock_yogo' and reason is null

)

select
    records.*,
    case
        when test = 'effective_f' and reason is null then details
        when test = 'cragg_donald_f' or starts_with(test, 'kleibergen_paap_rk_f') then tabulated
    end as critical_values
from records
left join stock_yogo using (specification_id)
where test <> 'stock_yogo'
