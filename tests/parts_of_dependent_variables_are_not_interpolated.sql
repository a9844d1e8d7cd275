-- No printed number that a dependent variable stands on may be interpolated.
select indicator_inputs.indicator_id, indicator_inputs.input
from {{ ref('indicator_inputs') }} as indicator_inputs
inner join {{ ref('dictionary') }} as dictionary using (indicator_id)
inner join {{ ref('indicators') }} as indicators on indicator_inputs.input = indicators.indicator_id
where dictionary.is_dependent and indicators.may_interpolate
