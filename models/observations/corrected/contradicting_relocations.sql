-- grain: source_id x city_id x year x indicator_id x correction_id x number_given, moves and shifts that say different
--   things of one cell
-- two numbers brought into one cell
select
    source_id, target_city_id as city_id, target_year as year, target_indicator_id as indicator_id, correction_id,
    city_id || ' ' || year as number_given
from {{ ref('relocated_numbers') }}
where target_city_id is not null
qualify count(*) over (partition by source_id, target_city_id, target_year, target_indicator_id) > 1
union
-- one number taken to two cells
select source_id, city_id, year, indicator_id, correction_id, target_city_id || ' ' || target_year
from {{ ref('relocated_numbers') }}
qualify count(*) over (partition by source_id, city_id, year, indicator_id, row_number) > 1
union
-- a number brought into a cell whose own number nobody takes away; where that is dropped or overridden, nothing is
-- brought there, so that a move would be lost
select
    source_id, standing.city_id, standing.year, standing.indicator_id,
    concat_ws(', ', relocated_numbers.correction_id, standing.correction_id), standing.value_printed
from {{ ref('relocated_numbers') }} as relocated_numbers
inner join {{ ref('located_numbers') }} as standing using (source_id)
where
    relocated_numbers.target_city_id = standing.city_id and relocated_numbers.target_year = standing.year
    and relocated_numbers.target_indicator_id = standing.indicator_id
    and not standing.is_relocated and standing.value_reported is not null
    and (relocated_numbers.action = 'move' or (not standing.is_dropped and standing.value_override is null))
