-- summary 2: Which cities have the highest real GDP per resident in the last year of the panel?
select city_name_zh, city_name_en, year, real_gdp_per_person_10k_yuan
from {{ ref('city_year') }}
where real_gdp_per_person_10k_yuan is not null
order by year desc, real_gdp_per_person_10k_yuan desc
limit 10
