-- grain: source_id x indicator_id x city_id, series whose changes follow those of province and nation a year late or
--   early
-- By itself; or with the other columns of the city: the whole row may stand under another year, and what no column
-- says alone, twenty say together; or as the series begins (ends) with one figure twice, like a late (early) one.
with

directions as (

    select *, 1 as years_off, evidence_late as evidence, evidence_early as against
    from {{ ref('years_off') }}
    union all
    select *, -1, evidence_early, evidence_late
    from {{ ref('years_off') }}

),

cities as (

    select
        directions.*,
        ends.seam_year,
        ends.digits,
        sum(evidence) over columns as evidence_of_city,
        count_if(evidence > 0) over columns as columns
    from directions
    left join {{ ref('series_ends') }} as ends using (source_id, indicator_id, city_id, years_off)
    window columns as (partition by source_id, city_id, years_off)

)

select
    source_id,
    indicator_id,
    city_id,
    years_off,
    if(years_off > 0, coalesce(seam_year, 0), 0) as first_year,
    if(years_off < 0, coalesce(seam_year - 1, 9999), 9999) as last_year,
    coalesce((seam_year - 1) || ' = ' || seam_year || ', ', '')
    || 'Δ(t) ≈ Δ(t ' || if(years_off > 0, '- 1', '+ 1') || '), ln LR = '
    || format('{:.0f}', if(seam_year is null, greatest(evidence, evidence_of_city), evidence)) as evidence
from cities
where
    -- a series that fits both neighbours better than its own year has a wrong number, not a wrong date
    (evidence > 10 and against < evidence / 2)
    or (evidence_of_city > 20 and columns >= 4 and evidence > -3)
    -- five digits do not stand twice at the very end by chance, and four rarely
    or (seam_year is not null and evidence > if(digits >= 5, 2, 4) and against < evidence / 2)
