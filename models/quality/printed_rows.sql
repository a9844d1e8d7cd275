-- grain: file x row_number, the printed rows of the yearbook tables with the unit that their name means
with

printed_cells as (

    select * from {{ ref('stg_yearbook__printed_cells') }}

),

printed_cities as (

    select * from {{ ref('printed_cities') }}

)

select distinct
    printed_cells.file,
    printed_cells.row_number,
    printed_cells.year_printed,
    printed_cells.year,
    printed_cells.city_printed,
    printed_cells.source_id,
    printed_cities.city_id,
    printed_cities.match_kind
from printed_cells
left join printed_cities
    on
        printed_cells.city_printed = printed_cities.city_printed
        and printed_cells.year is not distinct from printed_cities.year
