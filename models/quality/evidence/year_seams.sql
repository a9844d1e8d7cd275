-- grain: source_id x indicator_id x city_id x seam_year, repeated figures of one city with the level of the years on
--   either side of them
-- A province that prints last year's column again is no city's wrong date.
select distinct
    figures.source_id,
    figures.indicator_id,
    figures.city_id,
    greatest(figures.year, figures.other_year) as seam_year,
    list_aggregate(late.before, 'median') as height_before,
    list_aggregate(early.after, 'median') as height_after,
    len(late.before) as years_before,
    len(early.after) as years_after
from {{ ref('repeated_figures') }} as figures
inner join {{ ref('neighbouring_numbers') }} as late
    on
        figures.source_id = late.source_id
        and figures.indicator_id = late.indicator_id
        and figures.city_id = late.city_id
        and late.year = greatest(figures.year, figures.other_year)
inner join {{ ref('neighbouring_numbers') }} as early
    on
        figures.source_id = early.source_id
        and figures.indicator_id = early.indicator_id
        and figures.city_id = early.city_id
        and early.year = least(figures.year, figures.other_year)
anti join {{ ref('year_is_repeated') }} as repeated
    on
        figures.source_id = repeated.source_id
        and figures.indicator_id = repeated.indicator_id
        and figures.city_id = repeated.city_id
        and repeated.year in (figures.year, figures.other_year)
where abs(figures.year - figures.other_year) = 1
