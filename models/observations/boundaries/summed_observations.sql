-- grain: city_id x year x indicator_id, cells of merged units on the boundaries of today; none where they are as_was
-- Levels are summed over the parts of the year; rates and indices, and sums with a missing part, have no number.
with

observations_as_was as (

    select * from {{ ref('observations_as_was') }}

),

merged_units as (

    select * from {{ ref('merged_units') }}
    where '{{ var("boundaries") }}' = 'constant'

),

parts as (

    select
        observations_as_was.*, merged_units.unit_id,
        coalesce(indicators.is_additive, false) as is_additive,
        (
            select count(*) from merged_units as part
            where part.unit_id = merged_units.unit_id and observations_as_was.year < part.before_year
        ) as parts_of_unit
    from observations_as_was
    inner join merged_units using (city_id)
    left join {{ ref('indicators') }} as indicators using (indicator_id)
    where observations_as_was.year < merged_units.before_year

),

summed as (

    select
        unit_id as city_id, year, indicator_id, any_value(unit) as unit, is_additive,
        count(value_used) = parts_of_unit as is_complete,
        fsum(value_reported order by city_id) as value_reported,
        fsum(value_used order by city_id) as value_used,
        arg_max(status, strpos('ABEIOM', status)) as status,
        string_agg(city_id, ' + ' order by city_id) as part_names,
        string_agg(distinct correction_id, ' + ' order by correction_id) as correction_id,
        arg_max(source_id, city_id = unit_id) as source_id
    from parts
    group by unit_id, year, indicator_id, is_additive, parts_of_unit

)

select
    * exclude (is_additive, is_complete, part_names)
    replace (
        if(is_additive and is_complete, value_used, null) as value_used,
        if(is_additive and is_complete, value_reported, null) as value_reported,
        if(is_additive and is_complete, status, 'O') as status
    ),
    case
        when not is_additive then 'not additive: ' else if(is_complete, 'sum: ', 'a part is missing: ')
    end || part_names as method
from summed
