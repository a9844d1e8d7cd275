-- grain: one row per printed row of the table trade.csv (city, year and source as printed)
with

trade as (

    select rowid + 2 as row_number, * from {{ ref('trade') }}

)

select
    row_number,
    {{ printed_year('年份') }} as year,
    "城市" as city_printed,
    "来源" as source_id,
    {{ number('当年实际使用外资金额_万美元') }} as fdi_10k_usd,
    {{ number('社会消费品零售总额_万元') }} as retail_sales_10k_yuan,
    {{ number('货物进口额_万元') }} as imports_10k_yuan,
    {{ number('货物出口额_万元') }} as exports_10k_yuan
from trade
