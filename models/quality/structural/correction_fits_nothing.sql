-- grain: row_number of corrections.csv, rows of the register that find no cell
with

corrections as (

    select rowid + 2 as row_number, *, {{ printed_year('year') }} as correction_year
    from {{ ref('corrections') }}

)

select
    'warn' as severity, source_id, correction_year as year, indicator_id, 'corrections.csv' as file, row_number,
    'correction_id' as column_printed, correction_id as value,
    concat_ws(', ', source_id, indicator_id, city, year, value_expected) as expected
from corrections
where correction_year is not null and correction_id not in (select correction_id from {{ ref('matched_corrections') }})
