-- grain: city_id x year x indicator_id of the cells that interpolation fills: linear in calendar years inside a city
select
    city_id,
    filled.year,
    indicator_id,
    unit,
    {{ on_the_line('filled.year') }} as value_interpolated,
    'linear between ' || year_before || ' and ' || year_after as method
from {{ ref('interpolation_gaps') }}, unnest(range(year_before + 1, year_after)) as filled (year)
where {{ var('interpolation') }}
