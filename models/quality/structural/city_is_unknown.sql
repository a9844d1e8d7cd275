-- grain: file x row_number, rows whose name is no prefecture-level unit's, or more than one's
select
    'warn' as severity, source_id, year, file, row_number, '城市' as column_printed, city_printed as value,
    match_kind as expected
from {{ ref('printed_rows') }}
where city_id is null and year is not null
