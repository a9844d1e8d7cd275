-- grain: city_id x year x indicator_id x source_id x row_number, cells of the tables whose city is known
with

printed_cells as (

    select * from {{ ref('stg_yearbook__printed_cells') }}

),

printed_cities as (

    select * from {{ ref('printed_cities') }}
    where city_id is not null

),

indicators as (

    select * from {{ ref('indicators') }}

)

select
    printed_cities.city_id,
    printed_cells.year,
    indicators.indicator_id,
    printed_cells.source_id,
    printed_cells.value_printed,
    printed_cells.value as value_reported,
    indicators.unit,
    printed_cells.file,
    printed_cells.row_number,
    printed_cells.printed_header,
    printed_cells.city_printed
from printed_cells
inner join indicators using (source_table, printed_header)
inner join printed_cities
    on printed_cells.city_printed = printed_cities.city_printed and printed_cells.year = printed_cities.year
