-- grain: one row per printed row of the table telecom.csv (city, year and source as printed)
with

telecom as (

    select rowid + 2 as row_number, * from {{ ref('telecom') }}

)

select
    row_number,
    {{ printed_year('年份') }} as year,
    "城市" as city_printed,
    "来源" as source_id,
    {{ number('电信业务总量_万元') }} as telecom_business_10k_yuan,
    {{ number('移动电话年末用户数_万户') }} as mobile_users_10k_users,
    {{ number('互联网宽带接入用户数_万户') }} as broadband_users_10k_users
from telecom
