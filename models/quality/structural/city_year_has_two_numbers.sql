-- grain: source_id x city_id x year x indicator_id, cells for which one source prints different numbers
select
    'error' as severity, source_id, city_id, year, indicator_id, file, row_number, column_printed,
    values_printed as value, row_numbers as expected,
    concat_ws(
        ',', indicator_id || '_row_' || row_number, source_id, indicator_id, city_printed, year, 'drop',
        '"' || value_last || '"', '', 'wrong row', 'evidence'
    ) as proposed_correction
from {{ ref('repeated_cells') }}
where numbers > 1
