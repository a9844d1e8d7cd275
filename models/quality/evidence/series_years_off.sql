-- grain: source_id x indicator_id x city_id x first_year, stretches of a city's numbers that belong to the year before
--   or after, by whatever witness
-- Strongest first: other numbers tell it; a repeated figure begins or ends a stretch that runs a year late or early;
-- the changes of the city's columns follow those of others a year late or early, where no number says in which years.
select *, 2 as strength from {{ ref('stretches_told') }}
union all
select
    source_id, indicator_id, city_id, years_off, first_year, last_year,
    (seam_year - 1) || ' = ' || seam_year || ', χ² = ' || format('{:.0f}', evidence), 1
from {{ ref('years_late_or_early') }}
union all
select source_id, indicator_id, city_id, years_off, first_year, last_year, evidence, 0
from {{ ref('changes_off') }}
anti join {{ ref('stretches_told') }} using (source_id, indicator_id, city_id)
