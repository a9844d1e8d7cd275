-- grain: city_id x year x indicator_id, cells whose sources are more than 5 % apart after corrections
select
    'info' as severity, source_id, city_id, year, indicator_id, {{ plain_number('value_corrected') }} as value,
    concat_ws('–', {{ plain_number('candidate_minimum') }}, {{ plain_number('candidate_maximum') }}) as expected
from {{ ref('reconciled_observations') }}
where candidate_maximum - candidate_minimum > 0.05 * abs(value_corrected)
