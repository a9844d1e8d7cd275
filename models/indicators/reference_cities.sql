-- grain: city_id x year of the cities that make up the reference area of the location quotients
-- With all cities the denominators drift with coverage: by default cities with three sectors in every year.
with

observations_wide as (

    select * from {{ ref('observations_wide') }}

),

city_roster as (

    select * from {{ ref('city_roster') }}

),

cities as (

    select * from {{ ref('cities') }}

),

city_years as (

    select
        city_roster.city_id,
        city_roster.year,
        cast(cities.belt as boolean) as is_in_belt,
        observations_wide.primary_value_added_100m_yuan is not null
        and observations_wide.secondary_value_added_100m_yuan is not null
        and observations_wide.tertiary_value_added_100m_yuan is not null as has_three_sectors
    from city_roster
    inner join observations_wide using (city_id, year)
    left join cities using (city_id)
    where city_roster.is_city

),

complete_cities as (

    select city_id
    from city_years
    where
        has_three_sectors
        and year >= {{ var('location_quotient_first_year') }}
        and year <= {{ var('location_quotient_last_year') }}
    group by city_id
    having count(*) = {{ var('location_quotient_last_year') }} - {{ var('location_quotient_first_year') }} + 1

)

select city_id, year
from city_years
where
    case '{{ var("location_quotient_reference") }}'
        when 'complete_cities' then city_id in (select city_id from complete_cities)
        when 'belt' then is_in_belt
        when 'all_cities' then true
        else error('the variable location_quotient_reference is none of complete_cities, all_cities, belt')
    end
