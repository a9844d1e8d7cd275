-- grain: row_number of corrections.csv, rows of the register that find no cell, or no longer what they expect
with

corrections as (

    select *, register_row as row_number from {{ ref('read_corrections') }}

),

found as (

    select correction_id from {{ ref('matched_corrections') }}
    union
    select correction_id from {{ ref('relocated_numbers') }}

)

select
    'warn' as severity, source_id, first_year as year, indicator_id, 'corrections.csv' as file, row_number,
    'correction_id' as column_printed, correction_id as value,
    concat_ws(', ', source_id, indicator_id, city, year, value_expected) as expected
from corrections
anti join found using (correction_id)
-- a row with another action is unreadable, which is a finding of its own
where
    (first_year is not null or action = 'shift')
    and action in ('drop', 'override', 'scale', 'shift', 'move')
