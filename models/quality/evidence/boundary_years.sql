-- grain: city_id x year, the first year-ends with other boundaries, when levels may jump and be right
select distinct
    year,
    unnest([city_id, other_city_id]) as city_id
from {{ ref('city_events') }}
where affects_levels
