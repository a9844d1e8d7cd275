-- grain: source_id x indicator_id x city_id x year, what the city's other years let expect, and how far off it is
-- Up to three numbers before and three after, each carried to the year along the common movement; their median does
-- not follow a wrong neighbour. Deviations count in typical ones: of the city, of the column and of the column's
-- year.
with

deviations as (

    select
        * exclude (height, path),
        len(before) > 0 and len(after) > 0 as is_inside,
        path + list_aggregate(before || after, 'median') as expected_level,
        height - list_aggregate(before || after, 'median') as deviation,
        list_aggregate(after, 'median') - list_aggregate(before, 'median') as step,
        height - list_aggregate(before, 'median') as from_before,
        height - list_aggregate(after, 'median') as from_after,
        list_aggregate(before, 'max') - list_aggregate(before, 'min') as spread_before,
        list_aggregate(after, 'max') - list_aggregate(after, 'min') as spread_after,
        list_aggregate(before || after, 'max') - list_aggregate(before || after, 'min') as spread
    from {{ ref('neighbouring_numbers') }}
    where len(before || after) >= 2

),

typical as (

    select
        *,
        1.4826 * median(abs(deviation)) over (partition by source_id, indicator_id, city_id) as typical_of_city,
        1.4826 * median(abs(deviation)) over (partition by source_id, indicator_id) as typical_of_column,
        1.4826 * median(abs(deviation)) over (partition by source_id, indicator_id, year) as typical_of_year
    from deviations

)

select
    * exclude (typical_of_city, typical_of_column, typical_of_year),
    case when is_positive then exp(expected_level) else expected_level end as expected,
    greatest(sqrt((typical_of_city ** 2 + typical_of_column ** 2) / 2), typical_of_year)
    + case when is_positive then 0.005 else 0.1 end as typical_deviation,
    deviation / typical_deviation as score
from typical
