-- grain: correction_id x witness, expectations of the register that the source does not meet (any more)
with

reported_observations as (

    select * from {{ ref('reported_observations') }}

),

printed_cities as (

    select * from {{ ref('printed_cities') }}

)

select witnesses.*
from {{ ref('correction_witnesses') }} as witnesses
left join printed_cities using (city_printed, year)
anti join reported_observations
    on
        witnesses.source_id = reported_observations.source_id
        and witnesses.indicator_id = reported_observations.indicator_id
        and printed_cities.city_id = reported_observations.city_id
        and witnesses.year = reported_observations.year
        and witnesses.text_expected = trim(reported_observations.value_printed)
