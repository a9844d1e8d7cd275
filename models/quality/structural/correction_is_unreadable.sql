-- grain: row_number x column_printed, cells of corrections.csv that cannot be read: the row would correct nothing
with

corrections as (

    select
        *,
        register_row as row_number,
        count(*) over (partition by correction_id) as namesakes,
        -- only a shift along the years of a series may name several, or all of them
        action = 'shift' and coalesce(step_kind, '') = 'year' as is_along_years
    from {{ ref('read_corrections') }}

),

unreadable as (

    select *, 'correction_id' as column_printed, correction_id as value, 'c1, c2, c3' as expected
    from corrections
    where correction_id is null or namesakes > 1
    union all
    select *, 'action', action, 'drop, override, scale, shift, move'
    from corrections
    where action is null or action not in ('drop', 'override', 'scale', 'shift', 'move')
    union all
    select *, 'year', year, if(is_along_years, '2015, 2008..2020, *', '2015')
    from corrections
    where
        case
            when is_along_years then year is null or (year <> '*' and (first_year is null or last_year is null))
            else first_year is null or first_year is distinct from last_year
        end
    union all
    select *, 'value_new', value_new, '1234.5'
    from corrections
    where action in ('override', 'scale') and not coalesce(isfinite(number_new), false)
    union all
    select *, 'value_new', value_new, '1 row, -2 rows, 1 year, -1 year'
    from corrections
    where action = 'shift' and coalesce(steps, 0) = 0
    union all
    select *, 'value_new', value_new, 'city=苏州市 + year=2015 + indicator=gdp_100m_yuan'
    from corrections
    where action = 'move' and coalesce(target_city, target_year::varchar, target_indicator_id) is null
    union all
    select *, 'value_expected', value_expected, if(action = 'move', '1234.5', '青岛市=1234.5 + 2015=67.8')
    from corrections
    where
        (action = 'move' and coalesce(trim(value_expected), '') = '')
        or (action = 'shift' and not coalesce(contains(value_expected, '='), false))

)

select
    'error' as severity, source_id, first_year as year, indicator_id, 'corrections.csv' as file, row_number,
    column_printed, value, expected
from unreadable
