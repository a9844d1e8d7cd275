-- An unmapped header that is printed like an id of the dictionary would join that indicator's numbers.
select distinct extra_indicators.indicator_id
from {{ ref('extra_indicators') }} as extra_indicators
semi join {{ ref('indicators') }} using (indicator_id)
