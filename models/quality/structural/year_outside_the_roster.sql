-- grain: file x source_id x year, years that the city roster does not cover
select
    'info' as severity, source_id, year, file, min(row_number) as row_number, '年份' as column_printed,
    year::varchar as value, count(*)::varchar as expected
from {{ ref('printed_rows') }}
where year is not null and year not in (select roster.year from {{ ref('city_roster') }} as roster)
group by source_id, year, file
