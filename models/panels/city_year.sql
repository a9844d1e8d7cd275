-- grain: city_id x year; every prefecture-level city that exists at the year's end, with every indicator
with

city_roster as (

    select * from {{ ref('city_roster') }}

),

cities as (

    select * from {{ ref('cities') }}

),

observed_years as (

    select distinct year from {{ ref('observations_wide') }}

)

-- the one loop that writes columns: a theme joins the panel by its name in the variable indicator_models
select
    city_roster.city_id,
    city_roster.year,
    city_roster.name_zh as city_name_zh,
    city_roster.name_en as city_name_en,
    cities.province_zh,
    cities.region_three,
    cities.region_four,
    cast(cities.belt as boolean) as belt,
    nullif(cities.belt_reach, '') as belt_reach,
    cast(cities.delta as boolean) as delta,
    city_roster.study_a_city,
    city_roster.level,
    {% for theme in var('indicator_models') %}
    {{ theme }}.* exclude (city_id, year),
    {% endfor %}
    city_roster.boundary_break
from city_roster
left join cities on city_roster.city_id = cities.city_id
{%- for theme in var('indicator_models') %}
left join {{ ref(theme) }} as {{ theme }}
    on city_roster.city_id = {{ theme }}.city_id and city_roster.year = {{ theme }}.year
{%- endfor %}
where
    city_roster.in_panel
    and city_roster.year in (select year from observed_years)
