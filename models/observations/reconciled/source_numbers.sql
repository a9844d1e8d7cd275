-- grain: city_id x year x indicator_id x source_id, the number of each source where a cell has more than one source
-- place: of the sources that have a number, in the order of use.
with

corrected_observations as (

    select * from {{ ref('corrected_observations') }}
    where value_in_unit is not null

),

shared_cells as (

    select city_id, year, indicator_id from corrected_observations
    group by all
    having min(source_id) <> max(source_id)

),

read_numbers as (

    select
        corrected_observations.*,
        {{ number('value_printed') }} as number_printed,
        len(regexp_extract({{ typed_plain('value_printed') }}, '[.]([0-9]*)$', 1)) as decimals
    from corrected_observations
    semi join shared_cells using (city_id, year, indicator_id)
    -- one number per source: of a row printed twice the first
    qualify row_number() over (
        partition by source_id, city_id, year, indicator_id order by row_number, file, sheet, cell
    ) = 1

)

select
    city_id,
    year,
    indicator_id,
    source_id,
    value_in_unit,
    coalesce(value_in_unit / nullif(number_printed, 0), 1) as factor,
    abs(coalesce(value_in_unit / nullif(number_printed, 0), 1)) * 0.5 * pow(10, -decimals)
        as half_of_last_digit,
    row_number() over (
        partition by city_id, year, indicator_id
        order by source_origins.order_of_use
    ) as place
from read_numbers
inner join {{ ref('source_origins') }} as source_origins using (source_id)
