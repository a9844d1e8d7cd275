-- grain: source_id x indicator_id x year, how the typical number of a column moved against the year before, as a
--   logarithm
-- Rates below and above zero have a typical size and no logarithm of their own.
with

columns as (

    select
        source_id, indicator_id, year,
        count(*) as cells,
        bool_and(is_positive) as is_positive,
        ln(median(abs(nullif(value, 0)))) as size
    from {{ ref('compared_numbers') }}
    group by all

)

select distinct source_id, indicator_id, year, movements.national_change, columns.cells
from {{ ref('common_movements') }} as movements
inner join columns using (source_id, indicator_id, year)
where columns.is_positive
union all
select source_id, indicator_id, year, size - lag(size) over (partition by source_id, indicator_id order by year), cells
from columns
where not is_positive
