-- grain: source_id x indicator_id x city_id x year, numbers that stand in each other's place: two cities of a province,
--   two columns of a row, two years of a city
-- Both are far from what their years let expect, and each is what the other's place lets expect. At the end of a series
-- a year off is a step.
with

suspects as (

    select numbers.*, indicators.source_table
    from {{ ref('expected_numbers') }} as numbers
    inner join {{ ref('indicators') }} as indicators using (indicator_id)
    where
        abs(numbers.score) >= 3
        and abs(numbers.deviation) > 0.03
        and numbers.is_positive
        and numbers.digits >= 3
        -- the years on both sides agree: the two ends of a step are no exchange
        and (abs(numbers.step) < abs(numbers.deviation) / 2 or numbers.spread < abs(numbers.deviation))

),

pairs as (

    select
        one.source_id,
        one.indicator_id, one.city_id, one.year,
        other.indicator_id as other_indicator_id,
        other.city_id as other_city_id,
        other.year as other_year,
        other.city_printed as other_city_printed,
        other.value as other_value,
        one.expected,
        (one.level - other.expected_level) / other.typical_deviation as misfit,
        (other.level - one.expected_level) / one.typical_deviation as other_misfit,
        one.score ** 2 + other.score ** 2 - misfit ** 2 - other_misfit ** 2 as gain
    from suspects as one
    inner join suspects as other
        on
            one.source_id = other.source_id
            and if(one.indicator_id = other.indicator_id, 0, 1)
            + if(one.city_id = other.city_id, 0, 1) + if(one.year = other.year, 0, 1) = 1
            and one.province_zh = other.province_zh
            and one.source_table = other.source_table
            and abs(one.year - other.year) <= 5
            and (one.year = other.year or (one.is_inside and other.is_inside))
    where
        greatest(abs(misfit), abs(other_misfit)) < 2
        -- in a volatile column two numbers meet by chance
        and abs(one.level - other.expected_level) < least(abs(one.deviation) / 3, 0.2)
        and abs(other.level - one.expected_level) < least(abs(other.deviation) / 3, 0.2)
        and gain > 40

)

select *
from pairs
qualify row_number() over (
    partition by source_id, indicator_id, city_id, year
    order by gain desc, other_indicator_id asc, other_city_id asc, other_year asc
) = 1
