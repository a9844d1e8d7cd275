-- grain: exhibit x table_column x row_number, the cells of every regression table as text
with

exhibit_columns as (

    select exhibit, table_column, position from {{ ref('exhibit_columns') }}

),

-- study B prints a dash where a column lacks a variable, study A leaves the cell blank
coefficients as (

    select
        exhibit_columns.exhibit, exhibit_columns.table_column, exhibit_columns.position as column_position,
        2 * term_rows.row_position as row_number, term_rows.row_label, term_rows.row_label_zh,
        coalesce(coefficient_cells.below_text, '') as below_text,
        case
            when coefficient_cells.estimate_text is not null then coefficient_cells.estimate_text
            when exhibit_columns.table_column in (
                select fitted.table_column from {{ ref('coefficient_cells') }} as fitted
                where fitted.exhibit = exhibit_columns.exhibit
            ) then coalesce(exhibits.absent_cell, '')
            else ''
        end as estimate_text
    from exhibit_columns
    inner join {{ ref('exhibits') }} as exhibits using (exhibit)
    inner join {{ ref('term_rows') }} as term_rows using (exhibit)
    left join {{ ref('coefficient_cells') }} as coefficient_cells using (exhibit, table_column, row_term)

),

statistics as (

    select *, null as variable from {{ ref('fit_cells') }}
    union all
    select exhibit, table_column, row_id, cell, variable from {{ ref('test_cells') }}

)

select exhibit, table_column, column_position, row_number, row_label, row_label_zh, estimate_text as cell
from coefficients
union all
select exhibit, table_column, column_position, row_number + 1, '', '', below_text
from coefficients
union all
select
    statistics.exhibit, statistics.table_column, exhibit_columns.position,
    exhibit_rows.position + coalesce(term_rows.row_position, 0),
    concat_ws(': ', exhibit_rows.label_en, coalesce(term_rows.row_label, statistics.variable)),
    concat_ws('：', exhibit_rows.label_zh, coalesce(term_rows.row_label_zh, statistics.variable)),
    statistics.cell
from statistics
inner join exhibit_columns using (exhibit, table_column)
inner join {{ ref('exhibit_rows') }} as exhibit_rows using (row_id)
left join {{ ref('term_rows') }} as term_rows
    on statistics.exhibit = term_rows.exhibit and statistics.variable = term_rows.row_term
