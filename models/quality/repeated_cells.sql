-- grain: source_id x city_id x year x indicator_id, cells that one source prints more than once
with

printed as (

    select * from {{ ref('corrected_observations') }}
    where row_number is not null and moved_from is null

),

-- few cells are: only they are gathered
repeated as (

    select source_id, city_id, year, indicator_id from printed
    group by all
    having count(*) > 1

)

select
    source_id,
    city_id,
    year,
    indicator_id,
    any_value(file) as file,
    max(row_number) as row_number,
    any_value(printed_header) as column_printed,
    arg_max(city_printed, row_number) as city_printed,
    arg_max(value_printed, row_number) as value_last,
    string_agg(value_printed, ' | ' order by row_number) as values_printed,
    string_agg(row_number, ', ' order by row_number) as row_numbers,
    count(distinct value_corrected) as numbers
from printed
semi join repeated using (source_id, city_id, year, indicator_id)
group by source_id, city_id, year, indicator_id
