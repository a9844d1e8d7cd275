-- grain: exhibit x table_column, the specification behind a column, in the order of the catalogue
with

specifications as (

    select * from {{ ref('specifications') }}

),

-- of many fits that leave out one group each, a table shows the smallest and the largest coefficient of interest
left_out as (

    select
        parents.*,
        estimates.specification_id as fitted_id,
        estimates.estimate
    from specifications as parents
    inner join {{ ref('estimates') }} as estimates
        on
            starts_with(estimates.specification_id, parents.specification_id || '.')
            and parents.index_id = estimates.term
    where parents.estimator = 'leave_one_out' and estimates.is_headline and estimates.status = 'estimated'

),

extremes as (

    select
        exhibit, "column" || ': smallest' as table_column, arg_min(fitted_id, estimate) as specification_id,
        study, outcome, index_id, position + 0.1 as position
    from left_out
    group by all
    union all
    select exhibit, "column" || ': largest', arg_max(fitted_id, estimate), study, outcome, index_id, position + 0.2
    from left_out
    group by all

)

select exhibit, "column" as table_column, specification_id, study, outcome, index_id, position
from specifications
union all
select * from extremes
