-- grain: file x row_number, rows of a unit that did not exist at the end of the year
with

printed_rows as (

    select * from {{ ref('printed_rows') }}
    where city_id is not null

),

city_roster as (

    select * from {{ ref('city_roster') }}

)

select 'warn' as severity, source_id, city_id, year, file, row_number, '城市' as column_printed, city_printed as value
from printed_rows
where
    year in (select roster.year from city_roster as roster)
    and (city_id, year) not in (select (roster.city_id, roster.year) from city_roster as roster)
