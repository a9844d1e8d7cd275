-- grain: source_id x indicator_id x city_id x year, the cells of a column whose typical city jumps by a power of ten
select
    numbers.source_id,
    numbers.indicator_id,
    numbers.city_id,
    numbers.year,
    numbers.value * if(jumps.is_too_large, 1 / jumps.factor, jumps.factor) as expected,
    if(jumps.is_too_large, 'x ', '/ ') || format('{:,}', jumps.factor) || ', '
    || jumps.year_from || '–' || jumps.year_to as evidence,
    'scale' as action,
    if(jumps.is_too_large, '1e-' || round(log10(jumps.factor))::integer, jumps.factor::varchar) as value_new,
    '*' as correction_city,
    '' as correction_expected,
    '* ' || jumps.year_from as event
from {{ ref('column_jumps') }} as jumps
inner join {{ ref('compared_numbers') }} as numbers
    on
        jumps.source_id = numbers.source_id
        and jumps.indicator_id = numbers.indicator_id
        and numbers.year between jumps.year_from and jumps.year_to
where numbers.value > 0 or not numbers.is_positive
