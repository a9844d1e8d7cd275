-- grain: one row per line of study B, table 1; two columns printed, two added
{{ regression_table('labour_agglomeration__table_1', [
    'Model 1', 'Model 2', 'Model 2, well-formed', 'equation (2)'
]) }}
