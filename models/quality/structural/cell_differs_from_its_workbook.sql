-- grain: source_id x city_id x year x indicator_id x row_number, cells of an import's tables that print something else
--   than the import wrote there
with

imported_cells as (

    select * from {{ ref('stg_yearbook__imported_cells') }}
    where is_candidate and is_tabulated

),

-- a number that is the workbook's has its cell
cells_of_tables as (

    select * from {{ ref('candidate_numbers') }}
    where cell is null and row_number is not null

)

select
    'warn' as severity, cells_of_tables.source_id, cells_of_tables.city_id, cells_of_tables.year,
    cells_of_tables.indicator_id, cells_of_tables.file, cells_of_tables.row_number,
    cells_of_tables.printed_header as column_printed, cells_of_tables.value_printed as value,
    coalesce({{ plain_number('imported_cells.value') }}, imported_cells.value_printed) as expected,
    concat(
        imported_cells.file, ', ', imported_cells.sheet, '!', imported_cells.cell, ': ', imported_cells.value_printed,
        ' ' || nullif(imported_cells.unit_printed, '')
    ) as evidence
from cells_of_tables
inner join imported_cells using (source_id, city_id, year, indicator_id)
