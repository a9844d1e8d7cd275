-- grain: one row per line of study A, table 1
{{ regression_table('digital_labour_flow__table_1', ['(1)', '(2)', '(3)', '(4)', '(5)', '(6)']) }}
