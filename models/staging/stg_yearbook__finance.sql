-- grain: one row per printed row of the table finance.csv (city, year and source as printed)
with

finance as (

    select rowid + 2 as row_number, * from {{ ref('finance') }}

)

select
    row_number,
    {{ printed_year('年份') }} as year,
    "城市" as city_printed,
    "来源" as source_id,
    {{ number('年末金融机构存款余额_万元') }} as deposits_10k_yuan,
    {{ number('年末金融机构贷款余额_万元') }} as loans_10k_yuan,
    {{ number('居民储蓄存款余额_万元') }} as household_savings_10k_yuan
from finance
