-- grain: one row per line of study A, column (6) of table 1 by other inference, indices and samples
{{ regression_table('digital_labour_flow__added', [
    'Driscoll-Kraay', 'city and year clusters', 'wild cluster bootstrap', 'Conley', 'Conley, 500 km',
    'placebo', 'Oster', 'specification curve', 'leave one province out: smallest',
    'leave one province out: largest', 'without municipalities', 'first principal component', 'equal weights',
    'entropy, ranges and weights by year', 'CRITIC weights',
    'without mobile users, which are a control as well', 'ratios per registered person',
    'scores shifted by 0.0001', 'scores shifted by 0.01', 'mobile as telecom revenue',
    'financial with deposits', 'flow as growth'
]) }}
