-- grain: source_id x indicator_id x city_id x year, a city's number that equals the sum of its province or of the
--   nation
with

provinces as (

    select source_id, indicator_id, year, province_zh, sum(expected order by city_id) as total, count(*) as cities
    from {{ ref('expected_numbers') }}
    inner join {{ ref('indicators') }} as indicators using (indicator_id)
    where indicators.is_additive
    group by all

),

areas as (

    select source_id, indicator_id, year, province_zh, province_zh as area, total, 0.05 as tolerance
    from provinces
    where cities >= 3
    union all
    select
        source_id, indicator_id, year, province_zh, '全国',
        sum(total order by province_zh) over (partition by source_id, indicator_id, year),
        0.2
    from provinces

)

select
    source_id,
    indicator_id,
    city_id,
    year,
    expected,
    '≈ Σ ' || area || ' = ' || {{ rounded('total') }} as evidence,
    'drop' as action
from {{ ref('suspect_numbers') }}
inner join areas using (source_id, indicator_id, year, province_zh)
where deviation > 0.5 and abs(ln(value / total)) < tolerance
qualify row_number() over (
    partition by source_id, indicator_id, city_id, year order by abs(ln(value / total)), tolerance
) = 1
