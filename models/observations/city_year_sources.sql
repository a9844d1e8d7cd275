-- grain: city_id x year, whether every number used comes from a real source
with

observations as (

    select * from {{ ref('observations') }}
    where source_id is not null

),

sources as (

    select * from {{ ref('sources') }}

)

select
    observations.city_id,
    observations.year,
    bool_and(sources.kind = 'real') as is_real
from observations
inner join sources using (source_id)
group by observations.city_id, observations.year
