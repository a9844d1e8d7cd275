-- grain: source_id x indicator_id x city_id x year, a number's height over the common movement, and that of the three
--   years on each side
with

carried as (

    select
        compared_numbers.*,
        common_movements.path,
        level - path as height,
        -- a change of boundary begins another series
        (
            select count(*) from {{ ref('boundary_years') }} as events
            where events.city_id = compared_numbers.city_id and events.year <= compared_numbers.year
        ) as boundaries
    from {{ ref('compared_numbers') }} as compared_numbers
    inner join {{ ref('common_movements') }} as common_movements
        using (source_id, indicator_id, province_zh, year)
    where level is not null

)

select
    *,
    coalesce(array_agg(height) over (along_time range between 3 preceding and 1 preceding), []) as before,
    coalesce(array_agg(height) over (along_time range between 1 following and 3 following), []) as after
from carried
window along_time as (partition by source_id, indicator_id, city_id, boundaries order by year)
