-- grain: source_id x indicator_id x city_id x year, a number whose ratio to another cannot be
-- Of numerator and denominator the one farther from what the city's years let expect is named; where neither is far,
-- the numerator, so that of two steady series one is named in all years. Where another check has found one of them
-- wrong, the ratio has its cause.
with

ranges as (

    select * from {{ ref('ratio_ranges') }}

),

numbers as (

    select preferred_numbers.*, abs(coalesce(score, 0)) as score, expected
    from {{ ref('preferred_numbers') }} as preferred_numbers
    left join {{ ref('expected_numbers') }} using (source_id, indicator_id, city_id, year)
    anti join {{ ref('explained_numbers') }} using (source_id, indicator_id, city_id, year)

),

ratios as (

    select
        ranges.*,
        above.city_id,
        above.year,
        above.source_id as source_above,
        below.source_id as source_below,
        above.score >= below.score or below.score < 3 as blames_numerator,
        if(blames_numerator, above.expected, below.expected) as expected,
        ranges.constant * above.value * coalesce(second.value, 1) / nullif(below.value, 0) as ratio
    from ranges
    inner join numbers as above on ranges.numerator = above.indicator_id
    inner join numbers as below
        on ranges.denominator = below.indicator_id and above.city_id = below.city_id and above.year = below.year
    left join numbers as second
        on ranges.second_factor = second.indicator_id and above.city_id = second.city_id and above.year = second.year
    where nullif(ranges.second_factor, '') is null or second.value is not null

)

select
    if(blames_numerator, source_above, source_below) as source_id,
    if(blames_numerator, numerator, denominator) as indicator_id,
    city_id,
    year,
    min(expected) as expected,
    string_agg(
        ratio_id || ' ' || {{ rounded('ratio') }} || ' ∉ [' || minimum || ', ' || maximum || ']', '; ' order by ratio_id
    ) as evidence,
    'drop' as action
from ratios
where ratio not between minimum and maximum
group by all
