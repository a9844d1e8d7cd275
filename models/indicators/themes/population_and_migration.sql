-- grain: city_id x year; population, density and the four readings of labour flow in study B
with

observations_wide as (

    select * from {{ ref('observations_wide') }}

),

chained_growth as (

    select *
    from {{ ref('chained_growth') }}
    where year >= {{ var('base_year') }}

),

compared as (

    select
        observations_wide.*,
        observations_wide.resident_population_10k_persons
        / nullif(year_before.resident_population_10k_persons, 0) as resident_ratio_to_year_before,
        observations_wide.resident_population_10k_persons
        / nullif(base_year.resident_population_10k_persons, 0) as resident_ratio_to_base_year,
        observations_wide.resident_population_10k_persons
        / nullif(observations_wide.hukou_population_10k_persons, 0) as resident_hukou_ratio,
        observations_wide.resident_population_10k_persons * 10000
        / nullif(observations_wide.land_area_sq_km, 0) as population_density_persons_per_sq_km,
        chained_growth.cumulated_natural_growth_ratio
    from observations_wide
    left join observations_wide as year_before
        on observations_wide.city_id = year_before.city_id and observations_wide.year = year_before.year + 1
    left join observations_wide as base_year
        on observations_wide.city_id = base_year.city_id and base_year.year = {{ var('base_year') }}
    left join chained_growth
        on observations_wide.city_id = chained_growth.city_id and observations_wide.year = chained_growth.year

)

-- formula 3 of study B subtracts natural growth, not 1 + it: it is near 1, and net migration is it minus 1
select
    city_id,
    year,
    hukou_population_10k_persons,
    resident_population_10k_persons,
    natural_growth_per_mille,
    land_area_sq_km,
    population_density_persons_per_sq_km,
    case when population_density_persons_per_sq_km > 0 then ln(population_density_persons_per_sq_km) end
        as population_density_ln,
    case when hukou_population_10k_persons > 0 then ln(hukou_population_10k_persons) end
        as hukou_population_ln_10k_persons,
    resident_hukou_ratio,
    resident_ratio_to_year_before - 1 as resident_growth_rate,
    resident_ratio_to_year_before - natural_growth_per_mille / 1000 as labour_flow_formula_3_ratio,
    resident_ratio_to_year_before - natural_growth_per_mille / 1000 - 1 as net_migration_rate,
    resident_hukou_ratio - cumulated_natural_growth_ratio as cumulated_growth_gap_ratio,
    resident_ratio_to_base_year - cumulated_natural_growth_ratio as cumulated_net_migration_ratio
from compared
