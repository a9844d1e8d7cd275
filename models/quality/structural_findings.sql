-- grain: finding_check x file x row_number x column_printed (or correction): rows, columns and keys that are not what they should be
with

printed_cells as (

    select * from {{ ref('stg_yearbook__printed_cells') }}

),

printed_rows as (

    select distinct file, row_number, year_printed, year, city_printed, source_id from printed_cells

),

printed_cities as (

    select * from {{ ref('printed_cities') }}

),

city_roster as (

    select * from {{ ref('city_roster') }}

),

rows_with_city as (

    select printed_rows.*, printed_cities.city_id, printed_cities.match_kind
    from printed_rows
    left join printed_cities
        on printed_rows.city_printed = printed_cities.city_printed and printed_rows.year is not distinct from printed_cities.year

)

select 'year_is_not_a_year' as finding_check, 'warn' as severity, source_id, null as city_id, year, null as indicator_id,
    file, row_number, '年份' as column_printed, year_printed as value, null as expected
from rows_with_city where year is null
union all
select 'city_is_unknown', 'warn', source_id, null, year, null, file, row_number, '城市', city_printed, match_kind
from rows_with_city where city_id is null and year is not null
union all
select 'city_outside_its_years', 'warn', source_id, city_id, year, null, file, row_number, '城市', city_printed, null
from rows_with_city anti join city_roster using (city_id, year)
where city_id is not null and year between (select min(year) from city_roster) and (select max(year) from city_roster)
union all
select 'year_outside_the_roster', 'info', source_id, null, year, null, file, min(row_number), '年份', year::varchar, count(*)::varchar
from rows_with_city
where year is not null and year not in (select year from city_roster)
group by source_id, year, file
union all
select 'source_is_unknown', 'error', source_id, null, null, null, file, min(row_number), '来源', source_id, null
from printed_rows anti join {{ ref('sources') }} using (source_id)
group by source_id, file
union all
select 'column_is_unknown', 'info', null, null, null, null, file, 1, printed_header, printed_header, count(*)::varchar
from printed_cells anti join {{ ref('indicators') }} using (source_table, printed_header)
group by file, printed_header
