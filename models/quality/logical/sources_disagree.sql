-- grain: city_id x year x indicator_id, cells whose sources are more than 5 % apart after corrections
select
    'info' as severity, source_id, city_id, year, indicator_id, value_corrected::varchar as value,
    candidate_minimum || '–' || candidate_maximum as expected
from {{ ref('reconciled_observations') }}
where candidate_maximum - candidate_minimum > 0.05 * abs(value_corrected)
