-- grain: row_number x column_printed, cells of corrections.csv that cannot be read: the row would correct nothing
with

corrections as (

    select
        *,
        rowid + 2 as row_number,
        count(*) over (partition by correction_id) as namesakes,
        {{ printed_year('year') }} as correction_year,
        {{ number('value_new') }} as number_new
    from {{ ref('corrections') }}

),

unreadable as (

    select *, 'correction_id' as column_printed, correction_id as value, 'c1, c2, c3' as expected
    from corrections
    where correction_id is null or namesakes > 1
    union all
    select *, 'action', action, 'drop, override, scale'
    from corrections
    where action is null or action not in ('drop', 'override', 'scale')
    union all
    select *, 'year', year, '2015'
    from corrections
    where correction_year is null
    union all
    select *, 'value_new', value_new, '1234.5'
    from corrections
    where action in ('override', 'scale') and not coalesce(isfinite(number_new), false)

)

select
    'error' as severity, source_id, correction_year as year, indicator_id, 'corrections.csv' as file, row_number,
    column_printed, value, expected
from unreadable
