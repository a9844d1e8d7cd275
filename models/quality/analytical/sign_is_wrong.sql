-- grain: source_id x indicator_id x city_id x year, a number below zero in a column that has none otherwise
-- Where its amount is what the city's other years let expect, a minus was misread; otherwise nothing is known of it.
with

numbers as (

    select * from {{ ref('compared_numbers') }}
    where is_positive

),

around as (

    select
        negative.source_id,
        negative.indicator_id,
        negative.city_id,
        negative.year,
        any_value(negative.value) as value,
        exp(avg(others.level order by others.year)) as expected
    from numbers as negative
    left join numbers as others
        on
            negative.source_id = others.source_id
            and negative.indicator_id = others.indicator_id
            and negative.city_id = others.city_id
            and abs(negative.year - others.year) = 1
    where negative.value < 0
    group by all

)

select
    source_id,
    indicator_id,
    city_id,
    year,
    expected,
    '< 0' as evidence,
    if(abs(ln(-value / expected)) < 0.5, 'override', 'drop') as action,
    case when abs(ln(-value / expected)) < 0.5 then {{ rounded('-value') }} end as value_new
from around
