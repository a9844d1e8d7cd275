-- grain: one row per printed row of the table fiscal.csv (city, year and source as printed)
with

fiscal as (

    select rowid + 2 as row_number, * from {{ ref('fiscal') }}

)

select
    row_number,
    {{ printed_year('年份') }} as year,
    "城市" as city_printed,
    "来源" as source_id,
    {{ number('地方一般公共预算收入_万元') }} as fiscal_revenue_10k_yuan,
    {{ number('地方一般公共预算支出_万元') }} as fiscal_expenditure_10k_yuan,
    {{ number('教育支出_万元') }} as education_expenditure_10k_yuan,
    {{ number('科学技术支出_万元') }} as science_expenditure_10k_yuan
from fiscal
