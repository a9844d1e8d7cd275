-- grain: one row per line of study A, table 2, which print lacks
{{ regression_table('digital_labour_flow__table_2', ['(1)', '(2)', '(3)']) }}
