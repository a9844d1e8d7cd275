-- grain: city_id x year; study A regresses the index divided by 100
with

observations_wide as (

    select * from {{ ref('observations_wide') }}

)

select
    city_id,
    year,
    innovation_index,
    innovation_index / 100 as innovation_scaled_index
from observations_wide
