-- grain: correction_id, rows of the register that find no cell
select
    'warn' as severity, source_id, try_cast(corrections.year as integer) as year, indicator_id,
    'corrections.csv' as file, corrections.correction_id as column_printed, value_expected as value, city as expected
from {{ ref('corrections') }} as corrections
anti join {{ ref('matched_corrections') }} using (correction_id)
