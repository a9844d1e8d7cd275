-- grain: index_id x city_id x year; sum of weight x z, NULL where a component or a weight is missing
with

index_scores as (

    select * from {{ ref('index_scores') }}

),

index_weights as (

    select * from {{ ref('index_weights') }}

)

select
    index_scores.index_id,
    index_scores.city_id,
    index_scores.year,
    case
        when count(index_scores.value) = count(*) and count(index_weights.weight) = count(*)
            then fsum(
                case when index_weights.weight = 0 then 0 else index_weights.weight * index_scores.z end
                order by index_scores.component
            )
    end as value,
    not bool_and(index_scores.is_in_index_sample) as is_out_of_sample
from index_scores
left join index_weights using (index_id, component, pool)
group by index_scores.index_id, index_scores.city_id, index_scores.year
