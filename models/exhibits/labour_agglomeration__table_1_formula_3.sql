-- grain: one row per line of study B, table 1 with LM by formula 3
{{ regression_table('labour_agglomeration__table_1_formula_3', [
    'Model 2, formula 3', 'Model 2, well-formed, formula 3', 'equation (2), formula 3'
]) }}
