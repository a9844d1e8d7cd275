-- grain: city_id x year x indicator_id x source_id x row_number (a row printed twice is kept twice)
-- The numbers that corrections and reconciliation work on: those of the dictionary's indicators, and extras that
-- several sources print or a correction names.
with

imported_cells as (

    select * from {{ ref('stg_yearbook__imported_cells') }}
    where is_candidate

),

-- where an import wrote the table, the cell of the workbook that the number came from; a number that was changed in
-- the table since then came from nowhere but the table (cell_differs_from_its_workbook)
traced as (

    select
        tabulated_observations.* replace (
            coalesce(imported_cells.value_printed, tabulated_observations.value_printed) as value_printed,
            coalesce(imported_cells.file, tabulated_observations.file) as file
        ),
        imported_cells.sheet,
        imported_cells.cell,
        imported_cells.unit_printed,
        imported_cells.factor,
        imported_cells.year_origin,
        imported_cells.year_evidence,
        imported_cells.column_printed as header_in_workbook,
        imported_cells.city_printed as city_in_workbook
    from {{ ref('tabulated_observations') }} as tabulated_observations
    left join imported_cells
        on
            imported_cells.is_tabulated
            and tabulated_observations.source_id = imported_cells.source_id
            and tabulated_observations.city_id = imported_cells.city_id
            and tabulated_observations.year = imported_cells.year
            and tabulated_observations.indicator_id = imported_cells.indicator_id
            and coalesce(
                abs(tabulated_observations.value_reported - imported_cells.value) <= 1e-12 * abs(imported_cells.value),
                trim(tabulated_observations.value_printed) = trim(imported_cells.value_printed)
            )

),

-- what no table holds: long files, and indicators that the dictionary does not hold, under their printed name
beyond_tables as (

    select * from {{ ref('numbers_beyond_tables') }}
    where
        not is_extra
        or indicator_id in (select contested.indicator_id from {{ ref('contested_extras') }} as contested)

)

select * from traced
union all by name
select * exclude (is_extra) from beyond_tables
