-- grain: source_id x indicator_id x city_id x year, a city's numbers that belong to the year before or after
-- Two kinds of witness: other sources, or the sums of the table, that give the same numbers a year apart (of two
-- sources the one whose changes fit another year better is off), or the city's own changes, which follow those of
-- province and nation a year late or early.
with

suspicions as (

    select
        apart.source_id,
        indicator_id,
        apart.city_id,
        years_off,
        first_year,
        last_year,
        '= ' || witnesses || ', t ' || if(years_off > 0, '- 1', '+ 1') as evidence,
        number_of_witnesses as strength,
        if(years_off > 0, evidence_late, evidence_early) as likelihood_ratio
    from {{ ref('years_apart') }} as apart
    left join {{ ref('years_off') }} using (source_id, indicator_id, city_id)
    qualify
        row_number() over (
            partition by indicator_id, city_id
            order by number_of_witnesses desc, coalesce(likelihood_ratio, 0) desc, source_id desc
        ) = 1
    union all
    select
        source_id,
        indicator_id,
        city_id,
        if(evidence_late > evidence_early, 1, -1),
        0,
        9999,
        'Δ(t) ≈ Δ(t ' || if(evidence_late > evidence_early, '- 1', '+ 1') || '), ln LR = '
        || format('{:.0f}', greatest(evidence_late, evidence_early)),
        0,
        greatest(evidence_late, evidence_early)
    from {{ ref('years_off') }}
    where greatest(evidence_late, evidence_early) > 20

)

select
    numbers.source_id,
    numbers.indicator_id,
    numbers.city_id,
    numbers.year,
    null::double as expected,
    suspicions.evidence,
    'shift' as action,
    if(years_off > 0, '-1 year', '1 year') as value_new,
    if(strength = 0, '*', first_year || '..' || last_year) as correction_year,
    first_value(numbers.year || '=' || numbers.value_printed) over series as correction_expected,
    numbers.city_id as event
from suspicions
inner join {{ ref('compared_numbers') }} as numbers
    on
        suspicions.source_id = numbers.source_id
        and suspicions.indicator_id = numbers.indicator_id
        and suspicions.city_id = numbers.city_id
        and numbers.year between suspicions.first_year and suspicions.last_year
window series as (partition by numbers.source_id, numbers.indicator_id, numbers.city_id, strength order by numbers.year)
qualify row_number() over (
    partition by numbers.source_id, numbers.indicator_id, numbers.city_id, numbers.year order by strength desc
) = 1
