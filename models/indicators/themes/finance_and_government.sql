-- grain: city_id x year; banks, households, budgets, research and students against output or residents
with

observations_wide as (

    select * from {{ ref('observations_wide') }}

),

measured as (

    select *, gdp_100m_yuan * 1e4 as gdp_10k_yuan from observations_wide

)

select
    city_id,
    year,
    deposits_10k_yuan,
    loans_10k_yuan,
    household_savings_10k_yuan,
    retail_sales_10k_yuan,
    fiscal_revenue_10k_yuan,
    fiscal_expenditure_10k_yuan,
    education_expenditure_10k_yuan,
    science_expenditure_10k_yuan,
    rd_expenditure_10k_yuan,
    higher_education_students_persons,
    loans_10k_yuan / nullif(gdp_10k_yuan, 0) as loans_to_gdp_ratio,
    (deposits_10k_yuan + loans_10k_yuan) / nullif(gdp_10k_yuan, 0) as deposits_and_loans_to_gdp_ratio,
    fiscal_expenditure_10k_yuan / nullif(gdp_10k_yuan, 0) as fiscal_expenditure_gdp_share,
    education_expenditure_10k_yuan / nullif(gdp_10k_yuan, 0) as education_expenditure_gdp_share,
    science_expenditure_10k_yuan / nullif(gdp_10k_yuan, 0) as science_expenditure_gdp_share,
    case when household_savings_10k_yuan > 0 then ln(household_savings_10k_yuan) end
        as household_savings_ln_10k_yuan,
    case when retail_sales_10k_yuan > 0 then ln(retail_sales_10k_yuan) end as retail_sales_ln_10k_yuan,
    rd_expenditure_10k_yuan / nullif(gdp_10k_yuan, 0) as rd_expenditure_gdp_share,
    higher_education_students_persons / nullif(resident_population_10k_persons, 0) as students_per_10k_persons
from measured
