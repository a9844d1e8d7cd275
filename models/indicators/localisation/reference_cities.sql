-- grain: city_id x year of the cities that make up the reference area of the location quotients
-- With all cities the denominators drift with coverage: by default cities with three sectors in every year.
with

city_roster as (

    select city_id, year from {{ ref('city_roster') }}
    where is_city

),

city_years as (

    select
        city_roster.city_id,
        city_roster.year,
        cast(cities.belt as boolean) as is_in_belt,
        observations_wide.primary_value_added_100m_yuan is not null
        and observations_wide.secondary_value_added_100m_yuan is not null
        and observations_wide.tertiary_value_added_100m_yuan is not null as has_three_sectors,
        city_roster.year between {{ var('location_quotient_first_year') }}
        and {{ var('location_quotient_last_year') }} as is_in_window
    from city_roster
    inner join {{ ref('observations_wide') }} as observations_wide using (city_id, year)
    left join {{ ref('cities') }} as cities using (city_id)

),

-- a last year that few cities have printed yet is not a year of the window
years_covered as (

    select year
    from city_years
    where is_in_window
    group by year
    having avg(cast(has_three_sectors as integer)) >= {{ var('location_quotient_coverage') }}

),

complete_cities as (

    select city_id
    from city_years
    where has_three_sectors and is_in_window and year <= (select max(year) from years_covered)
    group by city_id
    having count(*) = (select max(year) from years_covered) - {{ var('location_quotient_first_year') }} + 1

)

select city_id, year
from city_years
where case '{{ var("location_quotient_reference") }}'
    when 'complete_cities' then city_id in (select city_id from complete_cities)
    when 'belt' then is_in_belt
    when 'all_cities' then true
    else error('the variable location_quotient_reference is none of complete_cities, all_cities, belt')
end
