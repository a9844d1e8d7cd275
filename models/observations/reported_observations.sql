-- grain: city_id x year x indicator_id x source_id x row_number (a row printed twice is kept twice)
with

tabulated_observations as (

    select * from {{ ref('tabulated_observations') }}

),

imported_cells as (

    select * from {{ ref('stg_yearbook__imported_cells') }}
    where is_candidate

),

-- where an import wrote the table, the cell of the workbook that the number came from
traced as (

    select
        tabulated_observations.* replace (
            coalesce(imported_cells.value_printed, tabulated_observations.value_printed) as value_printed,
            coalesce(imported_cells.file, tabulated_observations.file) as file
        ),
        imported_cells.sheet,
        imported_cells.cell,
        imported_cells.unit_printed,
        imported_cells.factor
    from tabulated_observations
    left join imported_cells using (source_id, city_id, year, indicator_id)

),

-- indicators that the dictionary does not hold stand under their printed name
extra as (

    select
        city_id,
        year,
        indicator_printed as indicator_id,
        source_id,
        value_printed,
        {{ number('value_printed') }} as value_reported,
        unit_printed as unit,
        file,
        null::bigint as row_number,
        indicator_printed as printed_header,
        city_printed,
        sheet,
        cell,
        unit_printed,
        1.0 as factor
    from imported_cells
    where nullif(indicator_id, '') is null and city_id is not null and year is not null

)

select * from traced
union all by name
select * from extra
