-- grain: source_id x indicator_id x city_id x year, the numbers that the analytical checks compare along time
-- Numbers that may be below zero are compared as they stand, all others as logarithms: what is wrong in a yearbook is
-- wrong by a factor. A source that prints a cell twice enters with its first number.
with

printed as (

    select
        source_id,
        indicator_id,
        city_id,
        year,
        min(row_number) as row_number,
        arg_min(value_reported, coalesce(row_number, 0)) as value,
        arg_min(value_printed, coalesce(row_number, 0)) as value_printed,
        arg_min(city_printed, coalesce(row_number, 0)) as city_printed,
        min(printed_header) as column_printed,
        arg_min(file, coalesce(row_number, 0)) as file
    from {{ ref('reported_observations') }}
    where isfinite(value_reported)
    group by all

),

scales as (

    -- a few minus signs are misprints, a column of growth rates has many
    select source_id, indicator_id, count_if(value < 0) <= 0.005 * count(*) as is_positive
    from printed
    group by all

)

select
    printed.*,
    cities.province_zh,
    scales.is_positive,
    case when not scales.is_positive then printed.value when printed.value > 0 then ln(printed.value) end as level,
    -- digits that carry information: 1,200 has two, and single-precision noise beyond the seventh has none
    length(regexp_replace(regexp_replace(format('{:.7g}', printed.value), 'e.*|[^0-9]', '', 'g'), '^0+|0+$', '', 'g'))
        as digits,
    count(*) over (partition by printed.source_id, printed.indicator_id, printed.year, printed.value) as cities_alike,
    -- the place in the page: yearbooks print cities in the order of their codes
    row_number() over (
        partition by printed.source_id, printed.indicator_id, printed.year order by cities.code, printed.city_id
    ) as place
from printed
inner join scales using (source_id, indicator_id)
inner join {{ ref('cities') }} as cities using (city_id)
