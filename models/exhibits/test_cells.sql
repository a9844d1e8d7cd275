-- grain: exhibit x table_column x row_id x variable (NULL: a joint test), the tests below a table's columns, as text
with

exhibit_columns as (

    select * from {{ ref('exhibit_columns') }}

),

exhibit_rows as (

    select * from {{ ref('exhibit_rows') }}

),

numbers as (

    select
        exhibit_columns.exhibit,
        exhibit_columns.table_column,
        exhibit_rows.row_id,
        tests.variable,
        exhibit_rows.decimals,
        exhibit_rows.number = 'intervals' as is_set,
        -- a confidence set may have several parts, and a part no end on one side
        array_to_string(list_transform(
            from_json(tests.details -> 'intervals', '[["DOUBLE"]]'),
            lambda part: '[' || coalesce(format('{:.3f}', part[1]), '-inf') || ', '
            || coalesce(format('{:.3f}', part[2]), 'inf') || ']'
        ), ' or ') as parts,
        case exhibit_rows.number
            when 'statistic' then tests.statistic
            when 'df' then tests.df
            when 'df_denominator' then tests.df_denominator
            when 'p_value' then tests.p_value
            else try_cast(coalesce(
                tests.critical_values ->> exhibit_rows.number, tests.details ->> exhibit_rows.number
            ) as double)
        end as number
    from exhibit_columns
    inner join {{ ref('column_tests') }} as tests using (specification_id)
    inner join exhibit_rows on tests.column_test = exhibit_rows.test

)

select
    exhibit,
    table_column,
    row_id,
    variable,
    case
        when is_set then coalesce(parts, 'not defined')
        when number is null then 'not defined'
        else format('{:.' || decimals || 'f}', number)
    end as cell
from numbers
