-- grain: source_id x indicator_id x year_from, years in which a whole column stands in another unit
-- The usual height of a column is the one that most numbers share to half a power of ten. A stretch that is a power of
-- ten away, and that begins or ends with a step of that power, stands in another unit. Heights, not the next step, tell
-- the wrong side: a way back may be hidden by another mistake in the year after.
with

alike as (

    select one.*, sum(other.cells) as cells_alike
    from {{ ref('column_stretches') }} as one
    inner join {{ ref('column_stretches') }} as other
        on
            one.source_id = other.source_id
            and one.indicator_id = other.indicator_id
            and abs(one.height - other.height) < ln(10) / 2
    group by all

),

heights as (

    select
        *,
        first_value(height) over (
            partition by source_id, indicator_id order by cells_alike desc, stretch asc
        ) as usual
    from alike

),

factors as (

    select unnest([10, 100, 1000, 10000, 100000000]) as factor

)

select source_id, indicator_id, factor, year_from, year_to, height > usual as is_too_large
from heights
inner join factors on abs(abs(height - usual) - ln(factor)) < ln(10) / 2
where
    abs(if(is_too_large, step_in, -step_in) - ln(factor)) < 0.5
    or abs(if(is_too_large, -step_out, step_out) - ln(factor)) < 0.5
