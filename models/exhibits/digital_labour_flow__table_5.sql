-- grain: one row per line of study A, table 5; two columns printed, two added
{{ regression_table('digital_labour_flow__table_5', ['(1)', '(2)', '(1) m -> y', '(2) m -> y']) }}
