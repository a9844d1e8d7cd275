-- grain: city_id, the cities of study A: municipalities and prefecture-level cities at every year-end 2011-2021
-- They number 287; the printed 286 (100 eastern and 186 others) follows when Lhasa is left out (inferred).
select city_id
from {{ ref('city_names') }}
where level in ('municipality', 'prefecture_city') and city_id <> 'tibet_lhasa'
group by city_id
having sum(greatest(least(coalesce(valid_to, 9999), 2021) - greatest(valid_from, 2011) + 1, 0)) = 11
