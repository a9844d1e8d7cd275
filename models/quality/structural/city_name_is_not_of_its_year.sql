-- grain: file x row_number, rows found under a name that the unit had in another year, or under an alias
-- A unit that did not exist that year is another finding, city_outside_its_years.
select
    'info' as severity, source_id, city_id, year, file, row_number, '城市' as column_printed, city_printed as value,
    match_kind as expected
from {{ ref('printed_rows') }}
semi join {{ ref('city_roster') }} using (city_id, year)
where match_kind not in ('name of the year', 'short name of the year')
