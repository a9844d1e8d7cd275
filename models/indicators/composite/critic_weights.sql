-- grain: index_id x component x pool
-- CRITIC (Diakoulaki et al. 1995): standard deviation of z x sum of (1 - correlation with the others)
with

index_scores as (

    select *
    from {{ ref('index_scores') }}
    where method = 'critic' and is_used and z is not null

),

pairs as (

    select
        one.index_id,
        one.component,
        one.pool,
        other.component as other_component,
        stddev_samp(one.z order by one.city_id, one.year) as standard_deviation,
        1 - corr(one.z, other.z order by one.city_id, one.year) as conflict
    from index_scores as one
    inner join index_scores as other using (index_id, pool, city_id, year)
    group by one.index_id, one.component, one.pool, other.component
    having count(*) > 1

)

select
    index_id,
    component,
    pool,
    max(standard_deviation) as standard_deviation,
    max(standard_deviation) * fsum(conflict order by other_component) as information
from pairs
group by index_id, component, pool
