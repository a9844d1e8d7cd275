-- grain: specification_id, what our fit stands on, or what kept it from being made
-- depends_on: {{ ref('results_gate') }}
with

fit_statistics as (

    select * from {{ ref('fit_statistics') }}

),

-- the variables that the message of an unfitted row names
missing_variables as (

    select
        fit_statistics.specification_id,
        string_agg(distinct variables.variable, ', ' order by variables.variable) as missing_variables
    from fit_statistics
    inner join {{ ref('specification_variables') }} as variables using (specification_id)
    where regexp_matches(fit_statistics.failure_message, '\b' || variables.variable || '\b')
    group by fit_statistics.specification_id

),

folder as (

    select if(bool_and(is_real), 'real', 'synthetic') as data_kind
    from {{ ref('city_year_sources') }}

)

-- a specification without rows has the kind of its yearbook folder
select
    fit_statistics.specification_id,
    fit_statistics.n_obs,
    fit_statistics.share_imputed,
    coalesce(fit_statistics.data_kind, folder.data_kind) as data_kind,
    fit_statistics.failure_message,
    fit_statistics.failure_message_zh,
    missing_variables.missing_variables
from fit_statistics
cross join folder
left join missing_variables using (specification_id)
