-- grain: one row per printed row of the table gdp.csv (city, year and source as printed)
with

gdp as (

    select rowid + 2 as row_number, * from {{ ref('gdp') }}

)

select
    row_number,
    {{ printed_year('年份') }} as year,
    "城市" as city_printed,
    "来源" as source_id,
    {{ number('地区生产总值_亿元') }} as gdp_100m_yuan,
    {{ number('第一产业增加值_亿元') }} as primary_value_added_100m_yuan,
    {{ number('第二产业增加值_亿元') }} as secondary_value_added_100m_yuan,
    {{ number('第三产业增加值_亿元') }} as tertiary_value_added_100m_yuan,
    {{ number('人均地区生产总值_元') }} as gdp_per_person_yuan,
    {{ number('地区生产总值指数_上年等于100') }} as real_gdp_index
from gdp
