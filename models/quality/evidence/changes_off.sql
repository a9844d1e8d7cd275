-- grain: source_id x indicator_id x city_id, series whose changes follow those of province and nation a year late or
--   early
-- By itself, or with the other columns of the city: the whole row may stand under another year, and what no column
-- says alone, twenty say together.
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
        *,
        sum(evidence) over columns as evidence_of_city,
        count_if(evidence > 0) over columns as columns
    from directions
    window columns as (partition by source_id, city_id, years_off)

)

select source_id, indicator_id, city_id, years_off, greatest(evidence, evidence_of_city) as evidence
from cities
where
    -- a series that fits both neighbours better than its own year has a wrong number, not a wrong date
    (evidence > 10 and against < evidence / 2)
    or (evidence_of_city > 20 and columns >= 4 and evidence > -3)
