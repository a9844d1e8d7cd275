-- grain: source_id x indicator_id x city_id x year x other_year, a figure that the city carries again one to four years
--   later
-- Six digits do not return by chance, and five rarely. Of the two years the one whose sum does not hold is wrong;
-- where sums do not decide, the one that fits its neighbours worse, the later one if both fit. A column that often
-- repeats itself (land area) says nothing.
with

summed as (

    select distinct sums.source_id, terms.indicator_id, sums.city_id, sums.year
    from {{ ref('sums_that_hold') }} as sums
    inner join {{ ref('identity_terms') }} as terms using (identity_id)

),

numbers as (

    select
        numbers.*,
        summed.city_id is not null as is_summed,
        count(*) over (partition by numbers.source_id, numbers.indicator_id) as numbers_of_column
    from {{ ref('expected_numbers') }} as numbers
    inner join {{ ref('indicators') }} using (indicator_id)
    left join summed using (source_id, indicator_id, city_id, year)
    where numbers.is_positive and numbers.digits >= 4

),

pairs as (

    select
        one.source_id,
        one.indicator_id,
        one.city_id,
        one.year as first_year,
        other.year as last_year,
        one.digits,
        one.numbers_of_column,
        if(
            one.is_summed = other.is_summed,
            abs(one.deviation) > abs(other.deviation) + 0.2 * other.typical_deviation,
            other.is_summed
        ) as is_first,
        greatest(abs(one.score), abs(other.score)) as score
    from numbers as one
    inner join numbers as other using (source_id, indicator_id, city_id, value)
    where other.year - one.year between 1 and 4

),

habits as (

    select source_id, indicator_id
    from pairs
    group by all
    having count(*) > 0.05 * any_value(numbers_of_column)

)

select
    pairs.source_id,
    pairs.indicator_id,
    pairs.city_id,
    if(pairs.is_first, pairs.first_year, pairs.last_year) as year,
    if(pairs.is_first, pairs.last_year, pairs.first_year) as other_year,
    pairs.score,
    pairs.digits >= 6 or pairs.score >= 1.5 as is_beyond_chance
from pairs
anti join habits on pairs.source_id = habits.source_id and pairs.indicator_id = habits.indicator_id
where
    if(
        pairs.last_year - pairs.first_year = 1,
        pairs.digits >= 5 or pairs.score >= 3,
        pairs.digits >= 6 or (pairs.digits = 5 and pairs.score >= 2) or pairs.score >= 4
    )
