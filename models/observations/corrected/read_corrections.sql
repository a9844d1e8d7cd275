-- grain: register_row of corrections.csv, what a row of the register says, taken apart; nothing is looked up
-- city: a name, first..last or *; year: a year, first..last or *; value_new of a shift: n rows or n years, of a
-- move: city=…, year=…, indicator=…, joined by " + ".
with

corrections as (

    select
        *,
        rowid + 2 as register_row,
        trim(split_part(city, '..', 1)) as first_city,
        trim(split_part(city, '..', -1)) as last_city,
        trim(split_part(year, '..', 1)) as first_year_printed,
        trim(split_part(year, '..', -1)) as last_year_printed,
        regexp_extract(
            trim(value_new), '^([+-]?[0-9]+) (row|year)s?$', ['steps', 'step_kind']
        ) as step,
        ' + ' || value_new || ' + ' as destination
    from {{ ref('corrections') }}

),

targets as (

    select
        *,
        {{ printed_year('first_year_printed') }} as first_year,
        {{ printed_year('last_year_printed') }} as last_year,
        regexp_extract(destination, '[+] *year *= *(.*?) [+] ', 1) as target_year_printed,
        nullif(regexp_extract(destination, '[+] *city *= *(.*?) [+] ', 1), '') as target_city,
        nullif(regexp_extract(destination, '[+] *indicator *= *(.*?) [+] ', 1), '') as target_indicator_id
    from corrections

)

select
    register_row,
    correction_id,
    source_id,
    indicator_id,
    action,
    city,
    first_city,
    last_city,
    year,
    first_year,
    last_year,
    coalesce(first_year, {{ var('roster_last_year') }}) as name_year,
    value_expected,
    value_new,
    {{ number('value_new') }} as number_new,
    case when action = 'shift' then try_cast(nullif(step['steps'], '') as integer) end as steps,
    case when action = 'shift' then nullif(step['step_kind'], '') end as step_kind,
    case when action = 'move' then target_city end as target_city,
    case when action = 'move' then {{ printed_year('target_year_printed') }} end as target_year,
    case when action = 'move' then target_indicator_id end as target_indicator_id
from targets
