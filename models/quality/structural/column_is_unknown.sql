-- grain: file x printed_header, columns that the dictionary does not know
select
    'info' as severity, file, 1 as row_number, cells.printed_header as column_printed,
    cells.printed_header as value, count(*)::varchar as expected
from {{ ref('stg_yearbook__printed_cells') }} as cells
anti join {{ ref('indicators') }} using (source_table, printed_header)
group by file, cells.printed_header
