-- grain: finding_check x file x row_number x column_printed: single cells that cannot be read, are printed twice, or whose correction fits nothing
with

reported_observations as (

    select * from {{ ref('reported_observations') }}

),

corrected_observations as (

    select * from {{ ref('corrected_observations') }}

),

repeated as (

    select
        source_id,
        city_id,
        year,
        indicator_id,
        any_value(file) as file,
        max(row_number) as row_number,
        any_value(printed_header) as column_printed,
        string_agg(value_printed, ' | ' order by row_number) as value,
        string_agg(row_number, ', ' order by row_number) as expected,
        arg_max(city_printed, row_number) as city_printed,
        arg_max(value_printed, row_number) as value_last,
        count(distinct value_corrected) as numbers
    from corrected_observations
    where row_number is not null
    group by source_id, city_id, year, indicator_id
    having count(*) > 1

)

select 'value_is_not_a_number' as finding_check, 'warn' as severity, source_id, city_id, year, indicator_id,
    file, row_number, printed_header as column_printed, value_printed as value, null as expected, null as proposed_correction
from reported_observations
where
    value_reported is null
    and {{ typed_plain('value_printed') }} not in (select mark from {{ ref('missing_marks') }})
    and {{ typed_plain('value_printed') }} <> ''
union all
select 'row_is_printed_twice', 'warn', source_id, any_value(city_id), any_value(year), null,
    file, row_number, '城市', any_value(expected), null, null
from repeated where numbers <= 1 group by source_id, file, row_number
union all
select 'city_year_has_two_numbers', 'error', source_id, city_id, year, indicator_id, file, row_number, column_printed, value, expected,
    concat_ws(',', 'row_' || row_number, source_id, indicator_id, city_printed, year, 'drop', '"' || value_last || '"', '', 'wrong row', 'evidence')
from repeated where numbers > 1
union all
select 'correction_fits_nothing', 'warn', source_id, null, try_cast(year as integer), indicator_id,
    'corrections.csv', null, correction_id, value_expected, city, null
from {{ ref('corrections') }} anti join {{ ref('matched_corrections') }} using (correction_id)
