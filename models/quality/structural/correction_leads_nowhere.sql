-- grain: row_number x column_printed of corrections.csv, moves and shifts to nowhere: the number would be lost
with

printed_cities as (

    select * from {{ ref('printed_cities') }}

),

indicators as (

    select * from {{ ref('indicators') }}

),

lost as (

    select read_corrections.*, 'value_new' as column_printed, 'city=苏州市' as expected
    from {{ ref('read_corrections') }} as read_corrections
    left join printed_cities
        on target_city = city_printed and coalesce(target_year, name_year) = printed_cities.year
    where target_city is not null and city_id is null
    union all
    -- a number keeps its unit when it moves to another indicator
    select
        read_corrections.*, 'value_new',
        'indicator=' || string_agg(same_unit.indicator_id, ', ' order by same_unit.indicator_id)
    from {{ ref('read_corrections') }} as read_corrections
    left join indicators as own using (indicator_id)
    left join indicators as target on read_corrections.target_indicator_id = target.indicator_id
    left join indicators as same_unit on own.unit = same_unit.unit
    where target_indicator_id is not null and own.unit is distinct from target.unit
    group by all
    union all
    -- the rows of a block are neighbours in one province
    select read_corrections.*, 'city', '青岛市..潍坊市'
    from {{ ref('read_corrections') }} as read_corrections
    left join printed_cities as one on first_city = one.city_printed and name_year = one.year
    left join printed_cities as other on last_city = other.city_printed and name_year = other.year
    left join {{ ref('cities') }} as first_named on one.city_id = first_named.city_id
    left join {{ ref('cities') }} as last_named on other.city_id = last_named.city_id
    where
        case
            when action = 'shift' and step_kind = 'row'
                then coalesce(
                    first_city = last_city or first_named.province_code <> last_named.province_code, true
                )
            else contains(city, '..')
        end

)

select
    'error' as severity, source_id, first_year as year, indicator_id, 'corrections.csv' as file,
    register_row as row_number, column_printed, if(column_printed = 'city', city, value_new) as value, expected
from lost
