-- grain: one row per line of study A, table 3, which print lacks
{{ regression_table('digital_labour_flow__table_3', ['(1)']) }}
