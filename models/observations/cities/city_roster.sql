-- grain: city_id x year, every prefecture-level unit that stands at the end of the year
with

city_names as (

    select
        *,
        coalesce(valid_to, 9999) as last_year,
        level in ('municipality', 'prefecture_city') as is_city
    from {{ ref('city_names') }}

),

boundary_changes as (

    select * from {{ ref('boundary_changes') }}

),

years as (

    select unnest(range({{ var('roster_first_year') }}, {{ var('roster_last_year') }} + 1))::integer as year

),

study_a_cities as (

    select * from {{ ref('study_a_cities') }}

),

breaks as (

    select distinct year, unnest([city_id, other_city_id]) as city_id
    from boundary_changes
    where not is_undone

)

select
    city_names.city_id,
    years.year,
    city_names.name_zh,
    city_names.name_short_zh,
    city_names.name_en,
    city_names.code,
    city_names.level,
    city_names.is_city,
    -- on constant boundaries the panel holds the units of the last year of the roster
    city_names.is_city
    and ('{{ var("boundaries") }}' = 'as_was' or max(years.year) over same_city = {{ var('roster_last_year') }})
        as in_panel,
    breaks.city_id is not null as boundary_break,
    study_a_cities.city_id is not null as study_a_city
from years
inner join city_names on years.year between city_names.valid_from and city_names.last_year
left join breaks on city_names.city_id = breaks.city_id and years.year = breaks.year
left join study_a_cities on city_names.city_id = study_a_cities.city_id
window same_city as (partition by city_names.city_id)
