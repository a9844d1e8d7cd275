-- grain: source_id x indicator_id x city_id x year, a suspect number that another column prints for the city and the
--   year
-- Registered population in the residents' column, loans in the deposits' and the like. Only columns of the
-- dictionary: one that a vendor derived from another may well equal it.
with

numbers as (

    select numbers.*
    from {{ ref('compared_numbers') }} as numbers
    inner join {{ ref('indicators') }} using (indicator_id)

)

select
    suspects.source_id,
    suspects.indicator_id,
    suspects.city_id,
    suspects.year,
    min(suspects.expected) as expected,
    '= ' || string_agg(distinct others.indicator_id, ' ' order by others.indicator_id) as evidence,
    'drop' as action
from {{ ref('suspect_numbers') }} as suspects
inner join {{ ref('indicators') }} using (indicator_id)
inner join numbers as others using (city_id, year, value)
where others.indicator_id <> suspects.indicator_id and suspects.digits >= 4
group by suspects.source_id, suspects.indicator_id, suspects.city_id, suspects.year
