-- grain: file x source_id, sources that sources.csv does not name: their numbers could not be reconciled
select
    'error' as severity, printed_rows.source_id, file, min(row_number) as row_number, '来源' as column_printed,
    printed_rows.source_id as value
from {{ ref('printed_rows') }} as printed_rows
anti join {{ ref('sources') }} using (source_id)
group by printed_rows.source_id, file
