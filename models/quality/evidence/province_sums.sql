-- grain: source_id x indicator_id x province_zh x year, what the cities of a province sum to
select source_id, indicator_id, province_zh, year, sum(value order by city_id) as total, count(*) as cities
from {{ ref('compared_numbers') }}
group by all
having count(*) > 1
