-- grain: one row per line of study A, table 4, which print lacks
{{ regression_table('digital_labour_flow__table_4', ['(1)', '(2)', '(3)']) }}
