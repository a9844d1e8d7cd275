-- grain: index_id x component x city_id x year; a missing or unknown component is a row with a NULL value
with

indices as (

    select * from {{ ref('indices') }}

),

city_roster as (

    select * from {{ ref('city_roster') }}

),

component_values as (

    select * from {{ ref('component_values') }}

),

recipes as (

    select
        indices.*,
        city_roster.city_id,
        city_roster.year,
        case indices.pooling when 'by_year' then cast(city_roster.year as varchar) else 'all' end as pool,
        city_roster.year between indices.first_year and indices.last_year
        and case indices.index_sample
            when 'study_a_cities' then city_roster.study_a_city
            when 'all_cities' then city_roster.is_city
        end as is_in_index_sample
    from city_roster
    cross join indices
    where city_roster.is_city

)

-- weights and ranges come from the complete rows of the index sample
select
    recipes.index_id,
    recipes.component,
    recipes.city_id,
    recipes.year,
    recipes.pool,
    recipes.direction,
    recipes.method,
    recipes.shift,
    recipes.index_sample,
    component_values.value,
    recipes.is_in_index_sample,
    recipes.is_in_index_sample
    and count(component_values.value) over same_row = count(*) over same_row as is_used
from recipes
left join component_values using (city_id, year, component)
window same_row as (partition by recipes.index_id, recipes.city_id, recipes.year)
