-- grain: one row per line of study B, table 2
{{ regression_table('labour_agglomeration__table_2', ['2008-2016', '2017-2023']) }}
