-- grain: source_id x indicator_id x city_id x year, far from the years around, which agree, and without another cause
-- In the first and last year only one side speaks, and a step looks the same; in a volatile column true collapses come
-- back; an index of growth falls and returns whenever there is a shock: these are told from farther off.
select
    case
        -- a column that the dictionary does not know, often derived from the others
        when indicators.indicator_id is null then 'info'
        -- a census counts the residents: its number stands alone, and is right
        when suspect_numbers.indicator_id = 'resident_population_10k_persons' and year % 10 = 0 and abs(deviation) < 0.5
            then 'info'
        when unit = 'previous year = 100' and abs(score) < 10 then 'info'
        when not is_inside and (abs(score) < 8 or abs(deviation) < 0.3) then 'info'
        when typical_deviation > 0.15 and (not is_inside or spread > 0.6 * abs(deviation)) then 'info'
        else 'warn'
    end as severity,
    suspect_numbers.source_id,
    suspect_numbers.indicator_id,
    suspect_numbers.city_id,
    suspect_numbers.year,
    expected,
    'z = ' || format('{:+.1f}', score) as evidence,
    'drop' as action
from {{ ref('suspect_numbers') }} as suspect_numbers
left join {{ ref('indicators') }} as indicators on suspect_numbers.indicator_id = indicators.indicator_id
anti join {{ ref('explained_numbers') }} as explained
    on
        suspect_numbers.source_id = explained.source_id
        and suspect_numbers.indicator_id = explained.indicator_id
        and suspect_numbers.city_id = explained.city_id
        and suspect_numbers.year = explained.year
where abs(score) >= {{ var('score_of_a_jump') }} and abs(deviation) >= 0.05
