-- grain: city_id x year, one column per printed indicator of the dictionary (value_used)
with

observations as (

    select city_id, year, indicator_id, value_used from {{ ref('observations') }}
    where value_used is not null

)

select * from (
    pivot observations
    on indicator_id in (
        'hukou_population_10k_persons', 'resident_population_10k_persons', 'natural_growth_per_mille',
        'land_area_sq_km',
        'gdp_100m_yuan', 'primary_value_added_100m_yuan', 'secondary_value_added_100m_yuan',
        'tertiary_value_added_100m_yuan', 'gdp_per_person_yuan', 'real_gdp_index',
        'primary_employment_persons', 'secondary_employment_persons', 'tertiary_employment_persons',
        'urban_employment_persons', 'mining_employment_persons', 'manufacturing_employment_persons',
        'utilities_employment_persons', 'construction_employment_persons',
        'wholesale_retail_employment_persons', 'transport_employment_persons',
        'hotels_catering_employment_persons', 'information_employment_persons', 'finance_employment_persons',
        'real_estate_employment_persons', 'leasing_business_employment_persons',
        'research_employment_persons', 'environment_employment_persons',
        'resident_services_employment_persons', 'education_employment_persons', 'health_employment_persons',
        'culture_employment_persons', 'public_administration_employment_persons', 'average_wage_yuan',
        'deposits_10k_yuan', 'loans_10k_yuan', 'household_savings_10k_yuan',
        'fiscal_revenue_10k_yuan', 'fiscal_expenditure_10k_yuan', 'education_expenditure_10k_yuan',
        'science_expenditure_10k_yuan',
        'telecom_business_10k_yuan', 'mobile_users_10k_users', 'broadband_users_10k_users',
        'fdi_10k_usd', 'retail_sales_10k_yuan', 'imports_10k_yuan', 'exports_10k_yuan',
        'higher_education_students_persons', 'rd_expenditure_10k_yuan',
        'digital_finance_index',
        'innovation_index'
    )
    using any_value(value_used)
    group by city_id, year
)
