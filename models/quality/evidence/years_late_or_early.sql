-- grain: source_id x indicator_id x city_id x seam_year x years_off, a stretch of a city's numbers that begins or ends
--   with a repeated figure and runs a year late or early
-- A late stretch begins with last year's number again and stays off the city's path by one year's growth; an early one
-- ends so. The years beyond the seam must say it, in squared typical deviations: the repeated figure alone is one cell.
with

heights as (

    select
        numbers.*,
        numbers.path - lag(numbers.path) over along_time as growth,
        lead(numbers.path) over along_time - numbers.path as next_growth
    from {{ ref('neighbouring_numbers') }} as numbers
    window along_time as (partition by numbers.source_id, numbers.indicator_id, numbers.city_id order by numbers.year)

),

stretches as (

    select
        seams.*,
        numbers.year,
        if(numbers.year > seam_year, 1, -1) as years_off,
        numbers.height - if(years_off = 1, height_before, height_after) as off,
        off + if(years_off = 1, numbers.growth, -numbers.next_growth) as off_if_shifted,
        -- a city drifts away from the level of years ago
        (off ** 2 - off_if_shifted ** 2) / expected.typical_deviation ** 2 / abs(numbers.year - seam_year) as gain,
        sum(greatest(-9, least(9, gain))) over (
            partition by seams.source_id, seams.indicator_id, seams.city_id, seam_year, numbers.year > seam_year
            order by abs(numbers.year - seam_year)
        ) as total
    from {{ ref('year_seams') }} as seams
    inner join heights as numbers using (source_id, indicator_id, city_id)
    inner join {{ ref('expected_numbers') }} as expected using (source_id, indicator_id, city_id, year)
    where numbers.year not between seam_year - 1 and seam_year

)

select
    source_id,
    indicator_id,
    city_id,
    seam_year,
    years_off,
    max(total) as evidence,
    least(seam_year, arg_max(year, total)) as first_year,
    greatest(seam_year - 1, arg_max(year, total)) as last_year
from stretches
left join {{ ref('years_off') }} using (source_id, indicator_id, city_id)
group by source_id, indicator_id, city_id, seam_year, years_off
having
    max(total) > 10
    and if(
        -- with a year or two beyond the seam these may be the wrong ones: the changes of the others must agree
        any_value(if(years_off > 0, years_before, years_after)) <= 2,
        any_value(if(years_off > 0, evidence_late, evidence_early)) > 0.5,
        -- a level that stays is a step; a wrong date ends
        max(total) - arg_max(total, abs(year - seam_year)) > 5
    )
