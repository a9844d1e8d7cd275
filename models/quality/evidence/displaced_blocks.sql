-- grain: source_id x indicator_id x year x places x first_place, runs of rows whose numbers fit the city some rows
--   further on
-- The run whose gains sum to most (Kadane 1984) is a displaced block where the sum is overwhelming: six similar wages
-- tell it together. Far away more rows must say so.
with

sums as (

    select *, sum(gain) over along_the_page as total
    from {{ ref('displacement_gains') }}
    window along_the_page as (partition by source_id, indicator_id, year, places order by place)

),

-- a new lowest sum is where a run can begin
runs as (

    select *, least(min(total) over along_the_page, 0) as lowest
    from sums
    window along_the_page as (partition by source_id, indicator_id, year, places order by place)

)

select
    source_id, indicator_id, year, places,
    min(place) filter (where total > lowest) as first_place,
    arg_max(place, total) as last_place,
    max(total) - lowest as evidence
from runs
group by source_id, indicator_id, year, places, lowest
having
    evidence > if(abs(places) <= 2, 50, 100)
    and count_if(fits and total > lowest) >= if(abs(places) <= 2, 3, 5)
    and last_place - first_place >= 2
    -- among many rows off by themselves some fit anywhere: of a block four in five do
    and 5 * count_if(fits and total > lowest) >= 4 * (last_place - first_place + 1)
