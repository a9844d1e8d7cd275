-- grain: city_id x year x indicator_id, the first source in the order of use that has a number
-- The others stay in corrected_observations.
with

corrected_observations as (

    select * from {{ ref('corrected_observations') }}

),

source_origins as (

    select * from {{ ref('source_origins') }}

)

select
    corrected_observations.city_id,
    corrected_observations.year,
    corrected_observations.indicator_id,
    corrected_observations.source_id,
    corrected_observations.value_printed,
    corrected_observations.value_reported,
    corrected_observations.value_corrected,
    corrected_observations.unit,
    corrected_observations.correction_id,
    count(corrected_observations.value_corrected) over same_cell as candidates,
    min(corrected_observations.value_corrected) over same_cell as candidate_minimum,
    max(corrected_observations.value_corrected) over same_cell as candidate_maximum
from corrected_observations
inner join source_origins using (source_id)
-- a number that was dropped stays in sight where no other source has one
where corrected_observations.value_corrected is not null or corrected_observations.correction_id is not null
window same_cell as (partition by city_id, year, indicator_id)
qualify row_number() over (
    partition by city_id, year, indicator_id
    order by
        corrected_observations.value_corrected is null,
        source_origins.order_of_use,
        corrected_observations.row_number
) = 1
