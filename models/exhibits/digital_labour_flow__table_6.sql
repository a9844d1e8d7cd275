-- grain: one row per line of study A, table 6; two columns printed, two added
{{ regression_table('digital_labour_flow__table_6', ['(1)', '(2)', 'difference', 'difference, common controls']) }}
