-- grain: specification_id x variable, shares of the fitted rows on interpolated or corrected cells, and at a break
with

estimation_samples as (

    select * from {{ ref('estimation_samples') }}

),

specification_variables as (

    select * from {{ ref('specification_variables') }}

),

inputs as (

    select indicator_id, input, 0 as years_before from {{ ref('indicator_inputs') }}
    union all
    select indicator_id, input, years_before from {{ ref('earlier_inputs') }}

),

marked_rows as (

    select
        estimation_samples.specification_id,
        specification_variables.variable,
        estimation_samples.city_id,
        estimation_samples.year,
        bool_or(observations.status = 'I') as is_imputed,
        bool_or(observations.status = 'E') as is_corrected,
        bool_or(observations.status = 'B') as is_break
    from {{ ref('observations') }} as observations
    inner join inputs on observations.indicator_id = inputs.input
    inner join specification_variables on inputs.indicator_id = specification_variables.variable
    inner join estimation_samples
        on
            specification_variables.specification_id = estimation_samples.specification_id
            and observations.city_id = estimation_samples.city_id
            and observations.year = estimation_samples.year - specification_variables.lag - inputs.years_before
    where observations.status in ('I', 'E', 'B')
    group by all

),

rows_fitted as (

    select specification_id, count(*) as n_obs from estimation_samples
    group by specification_id

)

-- a variable may enter twice, with and without a lag: a row counts once
select
    variables.specification_id,
    variables.variable,
    count(*) filter (marked_rows.is_imputed) / any_value(rows_fitted.n_obs) as share_imputed,
    count(*) filter (marked_rows.is_corrected) / any_value(rows_fitted.n_obs) as share_corrected,
    count(*) filter (marked_rows.is_break) / any_value(rows_fitted.n_obs) as share_break
from (select distinct specification_id, variable from specification_variables) as variables
inner join rows_fitted using (specification_id)
left join marked_rows using (specification_id, variable)
group by all
