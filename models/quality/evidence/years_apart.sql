-- grain: source_id x indicator_id x city_id x years_off, a stretch of a city's numbers that other sources print a
--   year apart
-- Only where the other source does not print the number for the same year too. Four numbers, so that no two years in
-- which little changed do it by chance.
with

compared_numbers as (

    select * from {{ ref('compared_numbers') }}

),

-- another source, or what the sums of the same source let expect
witnesses as (

    select source_id, null::varchar as about_source_id, indicator_id, city_id, year, value from compared_numbers
    union all
    select identity_id, source_id, indicator_id, city_id, year, value from {{ ref('implied_numbers') }}

)

select
    own.source_id,
    own.indicator_id,
    own.city_id,
    own.year - other.year as years_off,
    string_agg(distinct other.source_id, ', ' order by other.source_id) as witnesses,
    count(distinct other.source_id) as number_of_witnesses,
    min(own.year) as first_year,
    max(own.year) as last_year
from compared_numbers as own
inner join witnesses as other using (indicator_id, city_id)
left join witnesses as same_year
    on
        other.source_id = same_year.source_id
        and other.about_source_id is not distinct from same_year.about_source_id
        and own.indicator_id = same_year.indicator_id
        and own.city_id = same_year.city_id
        and own.year = same_year.year
where
    own.source_id <> other.source_id
    and coalesce(other.about_source_id, own.source_id) = own.source_id
    and abs(own.year - other.year) = 1
    and own.value > 0
    and own.digits >= 4
    and abs(other.value / own.value - 1) < 0.0005
    and coalesce(abs(same_year.value / own.value - 1) > 0.001, true)
group by all
having count(distinct own.year) >= 4 and 2 * count(distinct own.year) > max(own.year) - min(own.year)
