-- grain: city_id x valid_from, the names a unit goes by without its suffix (苏州 for 苏州市)
-- A short name that is also a province's (吉林, 海南) names nobody but a municipality.
with

city_names as (

    select * from {{ ref('city_names') }}

),

cities as (

    select * from {{ ref('cities') }}

),

province_short_names as (

    select distinct regexp_replace(province_zh, '(省|市|(壮族|回族|维吾尔)?自治区)$', '') as name from cities

)

select
    city_id,
    name_zh,
    name_short_zh,
    valid_from,
    valid_to
from city_names
where level = 'municipality' or name_short_zh not in (select name from province_short_names)
