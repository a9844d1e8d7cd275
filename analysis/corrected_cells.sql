-- Which numbers were corrected, from what to what, and on what evidence?
select
    observations.city_id,
    observations.year,
    observations.indicator_id,
    observations.value_reported,
    observations.value_used,
    observations.unit,
    corrections.reason,
    corrections.evidence
from {{ ref('observations') }} as observations
inner join {{ ref('corrections') }} as corrections using (correction_id)
order by observations.indicator_id, observations.year, observations.city_id
