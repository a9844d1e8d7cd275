-- grain: one row per line of study B reduced to the vendor panels
{{ regression_table('labour_agglomeration__real_data', ['BR.1', 'BR.2', 'BR.3', 'BR.4']) }}
