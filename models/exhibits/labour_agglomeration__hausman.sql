-- grain: one row per line of study B, Hausman tests of the printed columns
{{ regression_table('labour_agglomeration__hausman', [
    'Model 1', 'Model 2', '2008-2016', '2017-2023', 'upper reach', 'middle reach', 'lower reach'
]) }}
