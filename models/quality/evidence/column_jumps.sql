-- grain: source_id x indicator_id x year_from, years in which a whole column stands in another unit
-- The typical city jumps by a power of ten. The wrong years are those between a jump and the way back; without a way
-- back the side with fewer numbers.
with

factors as (

    select unnest([10, 100, 1000, 10000, 100000000]) as factor

),

jumps as (

    select
        source_id,
        indicator_id,
        year,
        national_change as jump,
        min(year) over (partition by source_id, indicator_id) as first_year,
        max(year) over (partition by source_id, indicator_id) as last_year,
        sum(cells) over (partition by source_id, indicator_id order by year) - cells as cells_before,
        sum(cells) over (partition by source_id, indicator_id) - cells_before as cells_after,
        factor
    from {{ ref('column_movements') }}
    left join factors on abs(abs(national_change) - ln(factor)) < 0.5

),

turns as (

    select
        *,
        sign(lag(jump) over along_time) as sign_before,
        lead(year) over along_time as year_back,
        coalesce(sign(lead(jump) over along_time) = -sign(jump), false) as is_back,
        not is_back and cells_before < cells_after as is_before
    from jumps
    where factor is not null
    window along_time as (partition by source_id, indicator_id order by year)

)

select
    source_id,
    indicator_id,
    factor,
    case when is_before then first_year else year end as year_from,
    case when is_back then year_back - 1 when is_before then year - 1 else last_year end as year_to,
    if(is_before, -jump, jump) > 0 as is_too_large
from turns
where sign(jump) = coalesce(sign_before, sign(jump))
