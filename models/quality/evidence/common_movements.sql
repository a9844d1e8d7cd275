-- grain: source_id x indicator_id x province_zh x year, how the typical city of the province moved since the first
--   year
-- The median change of the province, drawn towards that of the nation the fewer cities it has: eight cities weigh as
-- much as the nation. Medians, so that a block of wrong rows does not move its own yardstick; where so many are wrong
-- that the province leaves the nation by far, the nation alone is the yardstick.
with

weighed as (

    select
        *,
        case
            when cities < 4 or abs(gap) > 6 * typical / sqrt(cities) + 0.15 then 0 else cities / (cities + 8)
        end as weight
    from {{ ref('provincial_movements') }}

)

select
    source_id,
    indicator_id,
    province_zh,
    year,
    provincial_change,
    weight,
    cities,
    national_change,
    sum(weight * provincial_change + (1 - weight) * national_change) over (
        partition by source_id, indicator_id, province_zh order by year
    ) as path
from weighed
