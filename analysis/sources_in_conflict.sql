-- Where do two sources print different numbers for the same cell, and what does each print?
select
    findings.city_id,
    findings.year,
    findings.indicator_id,
    findings.value as value_used,
    string_agg(
        corrected_observations.source_id || ': ' || corrected_observations.value_corrected, '; '
        order by corrected_observations.source_id
    ) as candidates
from {{ ref('findings') }} as findings
inner join {{ ref('corrected_observations') }} as corrected_observations using (city_id, year, indicator_id)
where findings.finding_check = 'sources_disagree' and corrected_observations.value_corrected is not null
group by all
order by findings.city_id, findings.year, findings.indicator_id
