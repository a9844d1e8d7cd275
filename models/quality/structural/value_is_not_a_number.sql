-- grain: file x row_number x column_printed, cells that are neither a number nor a missing mark
-- An indicator that the dictionary lacks stands in no table of the folder: its place is the workbook's cell.
with

reported_observations as (

    select *, {{ typed_plain('value_printed') }} as typed from {{ ref('reported_observations') }}

),

missing_marks as (

    select * from {{ ref('missing_marks') }}

)

select
    'warn' as severity, source_id, city_id, year, indicator_id,
    coalesce(indicators.source_table || '.csv', file) as file, row_number,
    reported_observations.printed_header
    || if(row_number is null, ' (' || sheet || '!' || cell || ')', '') as column_printed,
    value_printed as value
from reported_observations
left join {{ ref('indicators') }} as indicators using (indicator_id)
where value_reported is null and typed <> '' and typed not in (select mark from missing_marks)
