-- grain: one row per line of study B, table 3
{{ regression_table('labour_agglomeration__table_3', ['upper reach', 'middle reach', 'lower reach']) }}
