-- grain: source_id x indicator_id x city_id x year, far from the years around, which agree, and without another cause
select
    source_id,
    indicator_id,
    city_id,
    year,
    expected,
    'z = ' || format('{:+.1f}', score) as evidence,
    'drop' as action
from {{ ref('suspect_numbers') }}
anti join {{ ref('explained_numbers') }} using (source_id, indicator_id, city_id, year)
where abs(score) >= {{ var('score_of_a_jump') }} and abs(deviation) >= 0.05
