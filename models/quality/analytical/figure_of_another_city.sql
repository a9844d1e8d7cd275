-- grain: source_id x indicator_id x city_id x year, a number that other cities of the year carry digit by digit
-- A suspect number, or any of three alike but the one that fits its city best. A column in which more than one cell
-- in fifty has a double by chance (growth indices with one decimal) says nothing.
with

alike as (

    select
        numbers.*,
        suspects.city_id is not null as is_suspect,
        row_number() over (
            partition by numbers.source_id, numbers.indicator_id, numbers.year, numbers.value
            order by abs(numbers.score), numbers.city_id
        ) = 1 as fits_best
    from {{ ref('expected_numbers') }} as numbers
    left join {{ ref('suspect_numbers') }} as suspects using (source_id, indicator_id, city_id, year)
    where numbers.cities_alike > 1 and numbers.digits >= 3

),

columns_with_doubles as (

    select source_id, indicator_id
    from {{ ref('compared_numbers') }}
    group by all
    having count_if(cities_alike > 1) > 0.02 * count(*)

)

select
    alike.source_id,
    alike.indicator_id,
    alike.city_id,
    alike.year,
    min(alike.expected) as expected,
    '= ' || string_agg(cities.name_zh, ' ' order by cities.code) as evidence,
    'drop' as action
from alike
inner join {{ ref('compared_numbers') }} as others
    on
        alike.source_id = others.source_id
        and alike.indicator_id = others.indicator_id
        and alike.year = others.year
        and alike.value = others.value
        and alike.city_id <> others.city_id
inner join {{ ref('cities') }} as cities on others.city_id = cities.city_id
anti join columns_with_doubles
    on alike.source_id = columns_with_doubles.source_id and alike.indicator_id = columns_with_doubles.indicator_id
group by alike.source_id, alike.indicator_id, alike.city_id, alike.year
having
    -- four or five digits meet by chance among three hundred cities
    (
        bool_or(is_suspect)
        and (count(*) >= 2 or max(alike.digits) >= 6 or (max(alike.digits) >= 4 and max(abs(alike.score)) > 5))
    )
    or (count(*) >= 2 and max(alike.digits) >= 5 and not bool_or(fits_best))
