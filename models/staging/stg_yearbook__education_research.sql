-- grain: one row per printed row of the table education_research.csv (city, year and source as printed)
with

education_research as (

    select rowid + 2 as row_number, * from {{ ref('education_research') }}

)

select
    row_number,
    {{ printed_year('年份') }} as year,
    "城市" as city_printed,
    "来源" as source_id,
    {{ number('普通高等学校在校学生数_人') }} as higher_education_students_persons,
    {{ number('研究与试验发展经费内部支出_万元') }} as rd_expenditure_10k_yuan
from education_research
