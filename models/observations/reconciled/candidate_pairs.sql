-- grain: city_id x year x indicator_id x source_id x other_source_id, how the numbers of two sources of a cell agree
-- source_id comes first in the order of use. What is compared is the printed number in the unit of the indicator,
-- after scale rows of the register and before drop and override: an overridden misprint stays a conflict.
with

source_origins as (

    select * from {{ ref('source_origins') }}

),

candidates as (

    select * from {{ ref('source_numbers') }}

),

pairs as (

    select
        city_id,
        year,
        indicator_id,
        one.source_id,
        other.source_id as other_source_id,
        one.value_in_unit,
        other.value_in_unit as other_value_in_unit,
        abs(one.value_in_unit - other.value_in_unit) as difference,
        greatest(abs(one.value_in_unit), abs(other.value_in_unit)) as size,
        greatest(one.half_of_last_digit, other.half_of_last_digit) as rounding,
        abs(one.factor / other.factor - 1) > 1e-9 as units_differ,
        one_origin.origin_id <> other_origin.origin_id as is_independent,
        one_origin.publisher = other_origin.publisher
        and one_origin.vintage_year <> other_origin.vintage_year as are_two_editions
    from candidates as one
    inner join candidates as other using (city_id, year, indicator_id)
    inner join source_origins as one_origin on one.source_id = one_origin.source_id
    inner join source_origins as other_origin on other.source_id = other_origin.source_id
    where one.place < other.place

)

select
    * exclude (difference, size, rounding, units_differ, are_two_editions),
    difference / nullif(size, 0) as relative_difference,
    {{ agreement_class(var('revision_tolerance')) }} as agreement
from pairs
