-- grain: source_id x indicator_id x city_id x year, the number that a broken product points to: per person times
--   persons
-- The yearbook divides by the mean or by the registered population, so the product is judged against the city's own
-- habit.
with

products as (

    select
        ratio_id,
        unnest([numerator, second_factor, denominator]) as indicator_id,
        unnest([1, 1, -1]) as power
    from {{ ref('ratio_ranges') }}
    where second_factor <> ''

),

terms as (

    select
        products.*, numbers.* exclude (indicator_id),
        sum(power * level order by products.indicator_id) over one_product as product,
        count(*) over one_product as present
    from products
    inner join {{ ref('expected_numbers') }} as numbers using (indicator_id)
    window one_product as (partition by ratio_id, source_id, city_id, year)

),

gaps as (

    select *, product - median(product) over habit as gap
    from terms
    where present = 3
    window habit as (
        partition by ratio_id, indicator_id, source_id, city_id order by year range between 3 preceding and 3 following
    )

)

select
    source_id,
    indicator_id,
    city_id,
    year,
    exp(level - power * gap) as expected,
    ratio_id || format(' {:+.0f} %', 100 * (exp(gap) - 1)) as evidence,
    'override' as action,
    {{ rounded('exp(level - power * gap)') }} as value_new
from gaps
qualify
    abs(gap) > 0.05 + 12 * median(abs(gap)) over (partition by ratio_id, source_id)
    and abs(power * deviation - gap) < abs(gap) / 2
    and row_number() over (
        partition by ratio_id, source_id, city_id, year order by abs(power * deviation - gap), indicator_id
    ) = 1
