-- grain: indicator_id x year_before x year_after x city_id x year, observed cells masked in the pattern of the gaps
-- A gap of one city is cut into other cities that have a number in each of its years, drawn by a seeded hash.
with

gap_patterns as (

    select * from {{ ref('gap_patterns') }}

),

reconciled_observations as (

    select * from {{ ref('reconciled_observations') }}
    where value_corrected is not null

),

masked as (

    select
        gap_patterns.*, city_id,
        arg_min(value_corrected, year) as value_before,
        arg_max(value_corrected, year) as value_after,
        list(year order by year)[2:-2] as years_inside,
        list(value_corrected order by year)[2:-2] as values_inside
    from gap_patterns
    inner join reconciled_observations using (indicator_id)
    where year between year_before and year_after
    group by indicator_id, pattern, year_before, year_after, gaps, city_id
    having count(*) = year_after - year_before + 1
    qualify row_number() over (
        partition by indicator_id, year_before, year_after
        order by md5(concat_ws('|', {{ var('masking_seed') }}, indicator_id, year_before, year_after, city_id))
    ) <= gaps * {{ var('masking_draws') }}

),

cells as (

    select *, unnest(years_inside) as year, unnest(values_inside) as value_observed from masked

)

select
    indicator_id,
    pattern,
    year_before,
    year_after,
    year_after - year_before - 1 as gap_years,
    city_id,
    year,
    value_observed,
    {{ on_the_line('year') }} as value_interpolated,
    value_before as value_carried_forward
from cells
