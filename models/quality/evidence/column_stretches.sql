-- grain: source_id x indicator_id x stretch, consecutive years of a column between steps of its typical city
-- A step is a movement by more than 0.5 as a logarithm; the height of a stretch is the sum of the steps up to it, so
-- that steady growth does not count.
with

movements as (

    select
        source_id,
        indicator_id,
        year,
        cells,
        if(abs(national_change) > 0.5, national_change, 0) as step,
        count_if(step <> 0) over along_time as stretch,
        sum(step) over along_time as height
    from {{ ref('column_movements') }}
    window along_time as (partition by source_id, indicator_id order by year)

)

select
    source_id,
    indicator_id,
    stretch,
    min(year) as year_from,
    max(year) as year_to,
    sum(cells) as cells,
    first(height order by year) as height,
    first(step order by year) as step_in,
    coalesce(
        lead(first(step order by year)) over (partition by source_id, indicator_id order by stretch), 0
    ) as step_out
from movements
group by source_id, indicator_id, stretch
