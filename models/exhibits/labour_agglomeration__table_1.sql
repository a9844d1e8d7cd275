-- grain: one row per line of study B, table 1 (coefficient or standard error); two columns printed, two added
select
    row_label,
    row_label_zh,
    max(cell) filter (where table_column = 'Model 1') as "Model 1",
    max(cell) filter (where table_column = 'Model 2') as "Model 2",
    max(cell) filter (where table_column = 'Model 2, well-formed') as "Model 2, well-formed",
    max(cell) filter (where table_column = 'equation (2)') as "equation (2)"
from {{ ref('regression_table_cells') }}
where
    exhibit = 'labour_agglomeration__table_1'
    and table_column in ('Model 1', 'Model 2', 'Model 2, well-formed', 'equation (2)')
group by row_number, row_label, row_label_zh
order by row_number
