-- grain: file x row_number, rows whose year cannot be read
select 'warn' as severity, source_id, file, row_number, '年份' as column_printed, year_printed as value
from {{ ref('printed_rows') }}
where year is null
