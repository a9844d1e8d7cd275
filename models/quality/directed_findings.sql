-- grain: finding_check x source_id x city_id x year x indicator_id, the analytical findings with the direction of each
--   and the cause that it shares with others
-- A check that knows the cause names it (event). Otherwise three cities of a province that are off in one direction
-- in one year are one event, and every other finding is its own.
with

directed as (

    select
        findings.*,
        cities.province_zh,
        case sign(value_reported - try_cast(expected as double))
            when 1 then 'above' when -1 then 'below'
        end as direction
    from {{ ref('findings') }} as findings
    left join {{ ref('cities') }} as cities using (city_id)
    where depth = 'analytical'

)

select
    *,
    coalesce(
        event,
        case when count(*) over together >= 3 then concat_ws(' ', province_zh, year, direction) end,
        concat_ws(' ', coalesce(city_id, value), year)
    ) as cause,
    concat_ws(' | ', finding_check, source_id, indicator_id, cause) as event_id
from directed
window together as (partition by finding_check, source_id, indicator_id, province_zh, year, direction)
