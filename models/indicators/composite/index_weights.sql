-- grain: index_id x component x pool; what each component counts for, and why it counts nothing
with

index_ranges as (

    select * from {{ ref('index_ranges') }}

),

entropy_weights as (

    select * from {{ ref('entropy_weights') }}

),

critic_weights as (

    select * from {{ ref('critic_weights') }}

),

principal_component_weights as (

    select * from {{ ref('principal_component_weights') }}

),

importances as (

    select
        index_ranges.*,
        entropy_weights.entropy,
        entropy_weights.divergence,
        case
            when index_ranges.n < 2 or index_ranges.maximum = index_ranges.minimum then 0
            when index_ranges.method = 'entropy' then entropy_weights.divergence
            when index_ranges.method = 'critic' then critic_weights.information
            when index_ranges.method = 'principal_component' then principal_component_weights.loading_on_score
            when index_ranges.method = 'equal' then 1
        end as importance
    from index_ranges
    left join entropy_weights using (index_id, component, pool)
    left join critic_weights using (index_id, component, pool)
    left join principal_component_weights using (index_id, component, pool)

)

-- one row has no spread to weigh (ln 1 = 0): no weight, so no index
select
    *,
    case when n > 1 then importance / nullif(fsum(importance) over same_index, 0) end as weight,
    case
        when n = 0 then 'no_rows'
        when n = 1 then 'one_row'
        when maximum = minimum then 'zero_range'
    end as flag
from importances
window same_index as (
    partition by index_id, pool order by component rows between unbounded preceding and unbounded following
)
