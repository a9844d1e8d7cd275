-- grain: one row per line of study B, two-stage least squares, which print describes
{{ regression_table('labour_agglomeration__2sls', ['2SLS']) }}
