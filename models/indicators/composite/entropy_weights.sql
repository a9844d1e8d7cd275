-- grain: index_id x component x pool; p = z / sum z, e = -(1 / ln n) sum p ln p with 0 ln 0 = 0, d = 1 - e
-- n counts city-years: a widely copied script takes the years alone, and its entropy passes 1.
with

index_scores as (

    select * from {{ ref('index_scores') }}

),

proportions as (

    select
        *,
        count(*) over same_component as n,
        z / nullif(fsum(z) over same_component, 0) as p
    from index_scores
    where method = 'entropy' and is_used and z is not null
    window same_component as (
        partition by index_id, component, pool order by city_id, year
        rows between unbounded preceding and unbounded following
    )

),

entropies as (

    select
        index_id,
        component,
        pool,
        -fsum(case when p > 0 then p * ln(p) else 0 end order by city_id, year) / ln(n) as entropy
    from proportions
    where n > 1
    group by index_id, component, pool, n

)

select *, 1 - entropy as divergence from entropies
