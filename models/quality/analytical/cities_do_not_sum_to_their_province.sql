-- grain: source_id x indicator_id x year x province, a printed province row that its cities do not sum to as in other
--   years
-- Cities rarely sum to their province exactly (they compile their accounts themselves), so a year is judged against
-- the province's own habit. Imports keep province rows among the cells that are not a city's.
with

provinces as (

    select distinct province_zh, regexp_replace(province_zh, '(壮族|回族|维吾尔)?(省|市|自治区)$', '') as short_name
    from {{ ref('cities') }}

),

printed as (

    select
        cells.source_id,
        indicators.indicator_id,
        provinces.province_zh,
        cells.year,
        min(cells.value) as printed_total
    from {{ ref('stg_yearbook__imported_cells') }} as cells
    inner join provinces on trim(cells.city_printed) in (provinces.province_zh, provinces.short_name)
    inner join {{ ref('indicators') }} as indicators on cells.indicator_id = indicators.indicator_id
    where cells.city_id is null and cells.value > 0 and indicators.is_additive
    group by all
    having count(distinct cells.value) = 1

),

ratios as (

    select
        printed.*,
        sums.total,
        sums.cities,
        ln(sums.total / printed_total) as gap,
        median(ln(sums.total / printed_total)) over habit as usual,
        max(sums.cities) over habit as most_cities,
        count(*) over habit as years
    from printed
    inner join {{ ref('province_sums') }} as sums using (source_id, indicator_id, province_zh, year)
    window habit as (partition by source_id, indicator_id, province_zh)

)

select
    source_id,
    indicator_id,
    null::varchar as city_id,
    year,
    printed_total as expected,
    province_zh || ' ' || {{ rounded('printed_total') }} || ', Σ ' || cities || ' = ' || {{ rounded('total') }}
    || ', median ' || format('{:.0f} %', 100 * exp(usual)) as evidence,
    {{ rounded('total') }} as value
from ratios
where cities = most_cities and (abs(gap - usual) > 0.05 and years >= 3 or abs(gap) > 0.3 and years < 3)
