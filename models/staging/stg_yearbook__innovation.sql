-- grain: one row per printed row of the table innovation.csv (city, year and source as printed)
with

innovation as (

    select rowid + 2 as row_number, * from {{ ref('innovation') }}

)

select
    row_number,
    {{ printed_year('年份') }} as year,
    "城市" as city_printed,
    "来源" as source_id,
    {{ number('城市创新创业指数') }} as innovation_index
from innovation
