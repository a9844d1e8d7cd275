-- grain: source_id x indicator_id x city_id x year, numbers 10, 100, 1,000, 10,000 or 100 million times too large or
--   small
-- An exact power of ten needs no way back: of a series that changes by one, the fewer years are wrong. No change of
-- boundary moves a level that far.
with

factors as (

    select unnest([10, 100, 1000, 10000, 100000000]) as factor

)

select
    -- a volatile column truly falls to a tenth: there the years around must agree
    if(
        typical_deviation > 0.15 and factor < 1000 and (not is_inside or spread > 0.67 * abs(deviation)), 'info', 'warn'
    ) as severity,
    source_id,
    indicator_id,
    city_id,
    year,
    expected,
    if(deviation > 0, 'x ', '/ ') || format('{:,}', factor) as evidence,
    'scale' as action,
    if(deviation > 0, '1e-' || round(log10(factor))::integer, factor::varchar) as value_new
from {{ ref('expected_numbers') }}
inner join factors on abs(abs(deviation) - ln(factor)) < least(0.25, 0.02 + 4 * typical_deviation)
where
    is_positive
    and (abs(score) >= 8 or (abs(score) >= 5 and (spread < abs(deviation) or abs(step) < abs(deviation) / 2)))
