-- grain: specification_id x variable x city_id x year, the fitted rows that stand on a cell with a mark
-- A variable may enter twice, with and without a lag, and stand on several cells: a row counts once.
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

)

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
