-- grain: source_id x indicator_id x province_zh x year, how the typical city of the province moved since the first
--   year
-- The median change of the province, drawn towards that of the nation the fewer cities it has: eight cities weigh as
-- much as the nation. Medians, so that a block of wrong rows does not move its own yardstick.
with

changes as (

    select * from {{ ref('yearly_changes') }}

),

national as (

    select source_id, indicator_id, year, coalesce(median(change), 0) as national_change
    from changes
    group by all

),

provincial as (

    select
        source_id,
        indicator_id,
        province_zh,
        year,
        coalesce(median(change), 0) as provincial_change,
        case when count(change) >= 4 then count(change) / (count(change) + 8) else 0 end as weight,
        count(change) as cities
    from changes
    group by all

)

select
    *,
    sum(weight * provincial_change + (1 - weight) * national_change) over (
        partition by source_id, indicator_id, province_zh order by year
    ) as path
from provincial
inner join national using (source_id, indicator_id, year)
