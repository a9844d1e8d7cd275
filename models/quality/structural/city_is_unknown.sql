-- grain: file x row_number, rows whose name means no prefecture-level unit or several; expected: the nearest name
with

unknown as (

    select * from {{ ref('printed_rows') }}
    where city_id is null and year is not null

),

names as (

    select distinct name_zh from {{ ref('city_names') }}

),

-- the larger name where two are as near, so that a second build says the same
nearest as (

    select
        city_printed,
        max(row(jaro_winkler_similarity(city_printed, name_zh), name_zh))[2] as name_zh
    from (select distinct city_printed from unknown)
    cross join names
    group by city_printed

)

select
    'warn' as severity, source_id, year, file, row_number, '城市' as column_printed, city_printed as value,
    nearest.name_zh as expected
from unknown
left join nearest using (city_printed)
