-- grain: source_id x indicator_id x city_id x year, the change against the year before (a logarithm where numbers are
--   positive)
select
    source_id,
    indicator_id,
    city_id,
    province_zh,
    year,
    value,
    level,
    is_positive,
    case when lag(year) over along_time = year - 1 then level - lag(level) over along_time end as change,
    value <> 0 and lag(year) over along_time = year - 1 and value = lag(value) over along_time as is_repeated
from {{ ref('compared_numbers') }}
window along_time as (partition by source_id, indicator_id, city_id order by year)
