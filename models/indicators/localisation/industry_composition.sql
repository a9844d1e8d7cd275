-- grain: basis x industry x city_id x year; value added of 3 sectors, employees of 19 industries
with

observations_wide as (

    select * from {{ ref('observations_wide') }}

),

reference_cities as (

    select *, true as is_reference from {{ ref('reference_cities') }}

),

industries as (

    select
        city_id,
        year,
        regexp_extract(printed, 'value_added|employment') as basis,
        regexp_extract(printed, '^(.+)_(value_added|employment)_', 1) as industry,
        amount
    from observations_wide unpivot (amount for printed in (
        primary_value_added_100m_yuan, secondary_value_added_100m_yuan, tertiary_value_added_100m_yuan,
        primary_employment_persons, mining_employment_persons, manufacturing_employment_persons,
        utilities_employment_persons, construction_employment_persons, wholesale_retail_employment_persons,
        transport_employment_persons, hotels_catering_employment_persons, information_employment_persons,
        finance_employment_persons, real_estate_employment_persons, leasing_business_employment_persons,
        research_employment_persons, environment_employment_persons, resident_services_employment_persons,
        education_employment_persons, health_employment_persons, culture_employment_persons,
        public_administration_employment_persons
    ))

),

-- no partial sums: a city with an industry missing (of 19 sections of GB/T 4754) has no total
totals as (

    select city_id, year, basis, fsum(amount order by industry) as industries_total
    from industries
    group by city_id, year, basis
    having count(*) = case basis when 'value_added' then 3 else 19 end

)

-- the printed total of employees outlives the industries, which end in 2020, so quotients divide by it
select
    industries.*,
    totals.industries_total,
    if(industries.basis = 'value_added', totals.industries_total, observations_wide.urban_employment_persons)
        as city_total,
    coalesce(reference_cities.is_reference, false) as is_reference
from industries
left join totals using (city_id, year, basis)
left join observations_wide using (city_id, year)
left join reference_cities using (city_id, year)
