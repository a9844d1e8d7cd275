-- grain: specification_id x variable, shares of the fitted rows on interpolated or corrected cells, and at a break
with

variables as (

    select distinct specification_id, variable from {{ ref('specification_variables') }}

),

rows_fitted as (

    select specification_id, count(*) as n_obs from {{ ref('estimation_samples') }}
    group by specification_id

),

marked_rows as (

    select * from {{ ref('marked_rows') }}

)

select
    variables.specification_id,
    variables.variable,
    count(*) filter (marked_rows.is_imputed) / any_value(rows_fitted.n_obs) as share_imputed,
    count(*) filter (marked_rows.is_corrected) / any_value(rows_fitted.n_obs) as share_corrected,
    count(*) filter (marked_rows.is_break) / any_value(rows_fitted.n_obs) as share_break
from variables
inner join rows_fitted using (specification_id)
left join marked_rows using (specification_id, variable)
group by all
