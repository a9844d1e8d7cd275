-- Where do two sources print different numbers for the same cell, and how far apart are they?
select
    corrected_observations.city_id,
    corrected_observations.year,
    corrected_observations.indicator_id,
    min(corrected_observations.value_corrected) as lowest,
    max(corrected_observations.value_corrected) as highest,
    any_value(corrected_observations.unit) as unit,
    string_agg(
        corrected_observations.source_id || ': ' || corrected_observations.value_corrected, '; '
        order by corrected_observations.source_id
    ) as candidates
from {{ ref('corrected_observations') }} as corrected_observations
where corrected_observations.value_corrected is not null
group by all
having highest - lowest > 0.05 * abs(lowest)
order by (highest - lowest) / nullif(abs(lowest), 0) desc, city_id asc, year asc, indicator_id asc
