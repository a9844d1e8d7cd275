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
inner join {{ ref('matched_corrections') }} as matched using (city_id, year, indicator_id, source_id)
inner join {{ ref('corrections') }} as corrections on matched.correction_id = corrections.correction_id
order by observations.indicator_id, observations.year, observations.city_id, corrections.correction_id
