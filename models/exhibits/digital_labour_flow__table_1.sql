-- grain: one row per line of study A, table 1 (coefficient or standard error); columns as printed
select
    row_label,
    row_label_zh,
    max(cell) filter (where table_column = '(1)') as "(1)",
    max(cell) filter (where table_column = '(2)') as "(2)",
    max(cell) filter (where table_column = '(3)') as "(3)",
    max(cell) filter (where table_column = '(4)') as "(4)",
    max(cell) filter (where table_column = '(5)') as "(5)",
    max(cell) filter (where table_column = '(6)') as "(6)"
from {{ ref('regression_table_cells') }}
where exhibit = 'digital_labour_flow__table_1'
group by row_number, row_label, row_label_zh
order by row_number
