-- grain: exhibit x table_column x row_number, the cells of every regression table as text
with

coefficient_cells as (

    select * from {{ ref('coefficient_cells') }}

),

statistic_cells as (

    select * from {{ ref('statistic_cells') }}

)

select
    exhibit, table_column, column_position, row_position * 2 as row_number, row_label, row_label_zh,
    estimate_text as cell
from coefficient_cells
union all
select exhibit, table_column, column_position, row_position * 2 + 1, '', '', std_error_text
from coefficient_cells
union all
select exhibit, table_column, column_position, row_position * 2, row_label, row_label_zh, cell
from statistic_cells
