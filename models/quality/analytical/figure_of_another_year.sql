-- grain: source_id x indicator_id x city_id x year, a number that the city carries in another year too
select
    if(bool_or(figures.is_beyond_chance), 'warn', 'info') as severity,
    figures.source_id,
    figures.indicator_id,
    figures.city_id,
    figures.year,
    min(numbers.expected) as expected,
    '= ' || string_agg(figures.other_year, ' ' order by figures.other_year) as evidence,
    'drop' as action
from {{ ref('repeated_figures') }} as figures
inner join {{ ref('expected_numbers') }} as numbers using (source_id, indicator_id, city_id, year)
anti join {{ ref('series_is_a_year_off') }} as shifted
    on
        figures.source_id = shifted.source_id
        and figures.indicator_id = shifted.indicator_id
        and figures.city_id = shifted.city_id
        and shifted.year in (figures.year, figures.other_year)
anti join {{ ref('year_is_repeated') }} as repeated
    on
        figures.source_id = repeated.source_id
        and figures.indicator_id = repeated.indicator_id
        and figures.city_id = repeated.city_id
        and repeated.year in (figures.year, figures.other_year)
group by figures.source_id, figures.indicator_id, figures.city_id, figures.year
