-- grain: city_id x year x indicator_id, numbers of the panel that a row of the register makes impossible: below zero
--   where they cannot be, or not finite
-- An override has the last word, whatever is printed; a scale is to blame where the printed number is possible.
with

register as (

    select matched.*, read_corrections.register_row, read_corrections.value_new as value_printed_new
    from {{ ref('matched_corrections') }} as matched
    inner join {{ ref('read_corrections') }} as read_corrections
        using (correction_id, action)
    where action in ('override', 'scale') and matched.value_new is not null

)

select
    'error' as severity, observations.source_id, observations.city_id, observations.year,
    observations.indicator_id, 'corrections.csv' as file, register.register_row as row_number,
    'value_new' as column_printed, register.value_printed_new as value,
    if(isfinite(value_used), format('>= {:g}', indicators.minimum), 'finite') as expected,
    concat_ws(' ', register.correction_id || ':', observations.value_printed, '->', observations.value_used)
        as evidence
from {{ ref('observations') }} as observations
inner join {{ ref('indicators') }} as indicators using (indicator_id)
inner join register
    on
        observations.source_id = register.source_id and observations.city_id = register.city_id
        and observations.year = register.year and observations.indicator_id = register.indicator_id
        and list_contains(string_split(observations.correction_id, ' + '), register.correction_id)
where
    {{ is_impossible('value_used', 'minimum') }}
    and (register.action = 'override' or not {{ is_impossible('value_reported', 'minimum') }})
qualify row_number() over (
    partition by observations.city_id, observations.year, observations.indicator_id
    order by register.action, register.register_row
) = 1
