-- grain: source_id x indicator_id x city_id, how much better a city's yearly changes fit the movement of the year
--   before or after
-- Log likelihood ratios of normal errors; in 13,000 series of a true sample none is above 7. A change counts half at
-- most, so that one wrong number does not decide.
with

movements as (

    select
        source_id,
        indicator_id,
        province_zh,
        year,
        path - lag(path) over along_time as this_year,
        lag(path) over along_time - lag(path, 2) over along_time as year_before,
        lead(path) over along_time - path as year_after
    from {{ ref('common_movements') }}
    window along_time as (partition by source_id, indicator_id, province_zh order by year)

),

misfits as (

    select
        source_id,
        indicator_id,
        city_id,
        count(*) as years,
        sum(least(abs(change - this_year), 0.5) ** 2 order by year) + count(*) * 0.005 ** 2 as as_dated,
        sum(least(abs(change - year_before), 0.5) ** 2 order by year) + count(*) * 0.005 ** 2 as dated_late,
        sum(least(abs(change - year_after), 0.5) ** 2 order by year) + count(*) * 0.005 ** 2 as dated_early
    from {{ ref('yearly_changes') }}
    inner join movements using (source_id, indicator_id, province_zh, year)
    inner join {{ ref('indicators') }} as indicators using (indicator_id)
    where
        -- an index, which returns after every shock or moves alike everywhere, says nothing of the year
        (indicators.is_additive or indicators.unit = 'yuan')
        and is_positive
        and change <> 0
        -- at the ends a year has no neighbour; a province at another level for some years is no date
        and abs(this_year) < 0.3
        and abs(year_before) < 0.3
        and abs(year_after) < 0.3
    group by all

)

select
    source_id,
    indicator_id,
    city_id,
    years,
    years / 2 * ln(as_dated / dated_late) as evidence_late,
    years / 2 * ln(as_dated / dated_early) as evidence_early
from misfits
