-- grain: city_id x year; output, real output per resident and the structure of value added
with

observations_wide as (

    select * from {{ ref('observations_wide') }}

),

chained_growth as (

    select * from {{ ref('chained_growth') }}

),

base_year as (

    select city_id, gdp_100m_yuan
    from observations_wide
    where year = {{ var('base_year') }}

),

measured as (

    select
        observations_wide.*,
        base_year.gdp_100m_yuan * chained_growth.cumulated_real_gdp_ratio as real_gdp_100m_yuan_2008,
        observations_wide.primary_value_added_100m_yuan / nullif(observations_wide.gdp_100m_yuan, 0)
            as primary_value_added_share,
        observations_wide.secondary_value_added_100m_yuan / nullif(observations_wide.gdp_100m_yuan, 0)
            as secondary_value_added_share,
        observations_wide.tertiary_value_added_100m_yuan / nullif(observations_wide.gdp_100m_yuan, 0)
            as tertiary_value_added_share
    from observations_wide
    left join base_year using (city_id)
    left join chained_growth using (city_id, year)

)

select
    city_id,
    year,
    gdp_100m_yuan,
    primary_value_added_100m_yuan,
    secondary_value_added_100m_yuan,
    tertiary_value_added_100m_yuan,
    gdp_per_person_yuan,
    real_gdp_index,
    case when gdp_per_person_yuan > 0 then ln(gdp_per_person_yuan) end as gdp_per_person_ln_yuan,
    real_gdp_100m_yuan_2008,
    real_gdp_100m_yuan_2008 / nullif(resident_population_10k_persons, 0) as real_gdp_per_person_10k_yuan,
    primary_value_added_share,
    secondary_value_added_share,
    tertiary_value_added_share,
    tertiary_value_added_100m_yuan / nullif(secondary_value_added_100m_yuan, 0)
        as tertiary_to_secondary_ratio,
    primary_value_added_share + 2 * secondary_value_added_share + 3 * tertiary_value_added_share
        as upgrading_layer_index
from measured
