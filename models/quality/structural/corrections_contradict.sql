-- grain: source_id x city_id x year x indicator_id, cells that two rows of the register override with different numbers
select
    'error' as severity, source_id, city_id, year, indicator_id, 'corrections.csv' as file,
    'correction_id' as column_printed, string_agg(correction_id, ', ' order by correction_id) as value,
    string_agg(value_new, ', ' order by correction_id) as expected
from {{ ref('matched_corrections') }}
where action = 'override'
group by source_id, city_id, year, indicator_id, row_number
having count(distinct value_new) > 1
