-- grain: source_id x indicator_id x city_id x year, a zero between years far above zero
with

neighbours as (

    select
        *,
        lag(value) over along_time as before,
        lead(value) over along_time as after,
        median(value) over (partition by source_id, indicator_id, city_id) as middle
    from {{ ref('compared_numbers') }}
    where is_positive
    window along_time as (partition by source_id, indicator_id, city_id order by year)

),

-- where zero is common it is a number: a city without foreign investment
common as (

    select source_id, indicator_id, city_id, count_if(value = 0) as zeros
    from {{ ref('compared_numbers') }}
    group by all

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
inner join common using (source_id, indicator_id, city_id)
where
    value = 0
    and zeros <= 2
    and middle > 0
    and coalesce(before, after) > 0.1 * middle
    and coalesce(after, before) > 0.1 * middle
