-- grain: specification_id x variable, the share of the fitted rows that stand on an interpolated cell
with

estimation_samples as (

    select * from {{ ref('estimation_samples') }}

),

specification_variables as (

    select * from {{ ref('specification_variables') }}

),

indicator_inputs as (

    select * from {{ ref('indicator_inputs') }}

),

imputed_rows as (

    select distinct
        estimation_samples.specification_id,
        specification_variables.variable,
        estimation_samples.city_id,
        estimation_samples.year
    from {{ ref('observations') }} as observations
    inner join indicator_inputs on observations.indicator_id = indicator_inputs.input
    inner join specification_variables on indicator_inputs.indicator_id = specification_variables.variable
    inner join estimation_samples
        on
            specification_variables.specification_id = estimation_samples.specification_id
            and observations.city_id = estimation_samples.city_id
            and observations.year = estimation_samples.year - specification_variables.lag
    where observations.status = 'I'

),

rows_fitted as (

    select specification_id, count(*) as n_obs from estimation_samples
    group by specification_id

)

-- a variable may enter twice, with and without a lag: a row counts once
select
    variables.specification_id,
    variables.variable,
    count(imputed_rows.city_id) / any_value(rows_fitted.n_obs) as share_imputed
from (select distinct specification_id, variable from specification_variables) as variables
inner join rows_fitted using (specification_id)
left join imputed_rows using (specification_id, variable)
group by all
