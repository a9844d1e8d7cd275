-- grain: source_id x indicator_id x city_id x first_year, stretches of a city's numbers that belong to the year before
--   or after, by whatever witness
-- Strongest first: other sources or the sums of the table give the same numbers a year apart (of two sources the one
-- whose changes fit another year better is off); a repeated figure begins or ends a stretch that runs a year late or
-- early; the changes of the city's columns follow those of province and nation a year late or early.
with

told_apart as (

    select
        apart.source_id,
        indicator_id,
        apart.city_id,
        years_off,
        first_year,
        last_year,
        '= ' || witnesses || ', t ' || if(years_off > 0, '- 1', '+ 1') as evidence,
        2 as strength
    from {{ ref('years_apart') }} as apart
    left join {{ ref('years_off') }} using (source_id, indicator_id, city_id)
    qualify
        row_number() over (
            partition by indicator_id, city_id
            order by
                number_of_witnesses desc, coalesce(if(years_off > 0, evidence_late, evidence_early), 0) desc,
                source_id desc
        ) = 1

)

select * from told_apart
union all
select
    source_id, indicator_id, city_id, years_off, first_year, last_year,
    (seam_year - 1) || ' = ' || seam_year || ', χ² = ' || format('{:.0f}', evidence), 1
from {{ ref('years_late_or_early') }}
union all
select
    source_id, indicator_id, city_id, years_off, 0, 9999,
    'Δ(t) ≈ Δ(t ' || if(years_off > 0, '- 1', '+ 1') || '), ln LR = ' || format('{:.0f}', evidence), 0
from {{ ref('changes_off') }}
