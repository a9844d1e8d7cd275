-- Which cities belong to which region in the last year of the panel?
select
    region_three,
    region_four,
    province_zh,
    count(*) as cities,
    count(*) filter (where belt) as cities_of_the_belt,
    count(*) filter (where delta) as cities_of_the_delta,
    string_agg(city_name_zh, '、' order by city_id) as city_names
from {{ ref('city_year') }}
where year = (select max(year) from {{ ref('city_year') }})
group by region_three, region_four, province_zh
order by region_three, region_four, province_zh
