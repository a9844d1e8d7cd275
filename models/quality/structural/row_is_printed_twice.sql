-- grain: file x row_number, rows repeated with the same numbers: harmless, one is used
select
    'warn' as severity, source_id, any_value(city_id) as city_id, any_value(year) as year, file, row_number,
    '城市' as column_printed, any_value(row_numbers) as value
from {{ ref('repeated_cells') }}
where numbers <= 1
group by source_id, file, row_number
