-- grain: source_id x indicator_id x city_id x year, a zero between years far above zero
-- One, or a few in a row. Where zero is common it is a number: a city without foreign investment.
with

neighbours as (

    select
        *,
        last_value(nullif(value, 0) ignore nulls) over before as before,
        first_value(nullif(value, 0) ignore nulls) over after as after,
        median(nullif(value, 0)) over series as middle,
        count_if(value = 0) over series as zeros,
        count(*) over series as years
    from {{ ref('compared_numbers') }}
    where is_positive and value >= 0
    window
        series as (partition by source_id, indicator_id, city_id),
        before as (
            partition by source_id, indicator_id, city_id order by year
            range between unbounded preceding and 1 preceding
        ),
        after as (
            partition by source_id, indicator_id, city_id order by year
            range between 1 following and unbounded following
        )

)

select
    source_id,
    indicator_id,
    city_id,
    year,
    sqrt(coalesce(before, after) * coalesce(after, before)) as expected,
    coalesce({{ rounded('before') }}, '–') || ', 0, ' || coalesce({{ rounded('after') }}, '–') as evidence,
    'drop' as action
from neighbours
where
    value = 0
    and zeros <= greatest(2, years / 3)
    and coalesce(before, after) > 0.1 * middle
    and coalesce(after, before) > 0.1 * middle
