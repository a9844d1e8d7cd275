-- grain: one row per line of study B, table 1 on the cities of the Delta
{{ regression_table('labour_agglomeration__table_1_delta', [
    'Model 1, Delta', 'Model 2, Delta', 'Model 2, well-formed, Delta', 'equation (2), Delta'
]) }}
