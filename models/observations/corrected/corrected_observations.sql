-- grain: as candidate_numbers, and one more row for a number that a shift or a move brings into another cell
-- Scales multiply the printed number; then shift and move take it to its cell; a drop or an override of that cell
-- has the last word.
with

located_numbers as (

    select * from {{ ref('located_numbers') }}

),

settled as (

    select * from {{ ref('cell_corrections') }}
    where is_dropped or value_override is not null

),

standing as (

    select
        *
        replace (if(is_relocated, null, value_in_unit) as value_in_unit),
        case
            when not is_dropped then coalesce(value_override, if(is_relocated, null, value_in_unit))
        end as value_corrected,
        null::varchar as moved_from
    from located_numbers

),

arriving as (

    select
        *
        replace (target_city_id as city_id, target_year as year, target_indicator_id as indicator_id),
        value_in_unit as value_corrected,
        concat_ws(' ', city_id, year, indicator_id) as moved_from
    from located_numbers
    where target_city_id is not null

)

select * exclude (is_dropped, value_override, is_relocated, target_city_id, target_year, target_indicator_id)
from standing
union all by name
select arriving.* exclude (is_dropped, value_override, is_relocated, target_city_id, target_year, target_indicator_id)
from arriving
anti join settled using (source_id, city_id, year, indicator_id)
