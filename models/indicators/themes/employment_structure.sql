-- grain: city_id x year; employees of urban units by sector and industry, and wages
with

observations_wide as (

    select * from {{ ref('observations_wide') }}

)

select
    observations_wide.city_id,
    observations_wide.year,
    observations_wide.primary_employment_persons,
    observations_wide.secondary_employment_persons,
    observations_wide.tertiary_employment_persons,
    observations_wide.urban_employment_persons,
    observations_wide.mining_employment_persons,
    observations_wide.manufacturing_employment_persons,
    observations_wide.utilities_employment_persons,
    observations_wide.construction_employment_persons,
    observations_wide.wholesale_retail_employment_persons,
    observations_wide.transport_employment_persons,
    observations_wide.hotels_catering_employment_persons,
    observations_wide.information_employment_persons,
    observations_wide.finance_employment_persons,
    observations_wide.real_estate_employment_persons,
    observations_wide.leasing_business_employment_persons,
    observations_wide.research_employment_persons,
    observations_wide.environment_employment_persons,
    observations_wide.resident_services_employment_persons,
    observations_wide.education_employment_persons,
    observations_wide.health_employment_persons,
    observations_wide.culture_employment_persons,
    observations_wide.public_administration_employment_persons,
    observations_wide.average_wage_yuan,
    -- study A's outcome: "flow" is the share outside the primary sector, as its printed mean of .983 tells
    (observations_wide.secondary_employment_persons + observations_wide.tertiary_employment_persons)
    / nullif(
        observations_wide.primary_employment_persons
        + observations_wide.secondary_employment_persons
        + observations_wide.tertiary_employment_persons,
        0
    ) as non_agricultural_employment_share,
    observations_wide.urban_employment_persons / nullif(year_before.urban_employment_persons, 0) - 1
        as employment_growth_rate,
    observations_wide.information_employment_persons / nullif(observations_wide.urban_employment_persons, 0)
        as information_employment_share,
    observations_wide.urban_employment_persons / 1e6 as urban_employment_m_persons,
    observations_wide.average_wage_yuan / 1e4 as average_wage_10k_yuan,
    case when observations_wide.average_wage_yuan > 0 then ln(observations_wide.average_wage_yuan) end
        as average_wage_ln_yuan
from observations_wide
left join observations_wide as year_before
    on observations_wide.city_id = year_before.city_id and observations_wide.year = year_before.year + 1
