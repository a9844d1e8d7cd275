-- grain: source_id x indicator_id x province_zh x year, how the typical city of the province moved in the year, beside
--   that of the nation
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
        count(change) as cities
    from changes
    group by all

)

select
    *,
    provincial_change - national_change as gap,
    -- of a single city: the median of many cities moves less
    1.4826 * median(abs(gap) * sqrt(cities)) filter (where cities >= 4) over (
        partition by source_id, indicator_id
    ) as typical
from provincial
inner join national using (source_id, indicator_id, year)
