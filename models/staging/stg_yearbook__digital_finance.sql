-- grain: one row per printed row of the table digital_finance.csv (city, year and source as printed)
with

digital_finance as (

    select rowid + 2 as row_number, * from {{ ref('digital_finance') }}

)

select
    row_number,
    {{ printed_year('年份') }} as year,
    "城市" as city_printed,
    "来源" as source_id,
    {{ number('数字普惠金融指数') }} as digital_finance_index
from digital_finance
