-- grain: name x city_id x valid_from, the names that a unit is printed under: full, and short (苏州 for 苏州市)
-- A short name that is also a province's (吉林, 海南) names nobody but a municipality.
with

city_names as (

    select * from {{ ref('city_names') }}

),

province_short_names as (

    select distinct regexp_replace(province_zh, '(省|市|(壮族|回族|维吾尔)?自治区)$', '') as name from {{ ref('cities') }}

)

select name_zh as name, city_id, valid_from, coalesce(valid_to, 9999) as valid_to, 'name' as variant
from city_names
union all
select name_short_zh, city_id, valid_from, coalesce(valid_to, 9999), 'short name'
from city_names
where
    name_short_zh <> name_zh
    and (level = 'municipality' or name_short_zh not in (select name from province_short_names))
