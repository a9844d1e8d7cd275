-- grain: file x row_number x column_printed, cells that are neither a number nor a missing mark
with

reported_observations as (

    select *, {{ typed_plain('value_printed') }} as typed from {{ ref('reported_observations') }}

),

missing_marks as (

    select * from {{ ref('missing_marks') }}

)

select
    'warn' as severity, source_id, city_id, year, indicator_id, file, row_number,
    printed_header as column_printed, value_printed as value
from reported_observations
where value_reported is null and typed <> '' and typed not in (select mark from missing_marks)
