-- grain: source_id x city_id x year x indicator_id, numbers of an import that no yearbook table holds
-- Long files, and extras: indicators that the dictionary does not hold, under their printed name and unit.
with

imported_cells as (

    select *, nullif(indicator_id, '') is null as is_extra
    from {{ ref('stg_yearbook__imported_cells') }}
    where is_candidate and not is_tabulated and city_id is not null and year is not null

)

select
    city_id,
    year,
    if(is_extra, indicator_printed, indicator_id) as indicator_id,
    source_id,
    value_printed,
    value as value_reported,
    if(is_extra, unit_printed, unit) as unit,
    file,
    null::bigint as row_number,
    column_printed as printed_header,
    city_printed,
    sheet,
    cell,
    unit_printed,
    if(is_extra, 1.0, factor) as factor,
    year_origin,
    year_evidence,
    is_extra
from imported_cells
