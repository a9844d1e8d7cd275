-- grain: one row per variant of table 1, column (6), of study A, and below it one per test that belongs to it
-- depends_on: {{ ref('results_gate') }}
with

variants as (

    select columns_shown.*, specifications.province_left_out
    from {{ ref('exhibit_columns') }} as columns_shown
    inner join {{ ref('specifications') }} as specifications using (specification_id)
    where columns_shown.exhibit = 'digital_labour_flow__added'

),

fits as (

    pivot {{ ref('fit_cells') }}
    on row_id in ('outcome', 'n_obs', 'n_cities', 'r2_overall', 'covariance', 'data_kind', 'specification')
    using any_value(cell)
    group by exhibit, table_column

),

lines as (

    -- the index that the variant names, and none of its other slopes
    select
        variants.position, variants.specification_id, 0 as line, variants.table_column as row_label,
        coalesce(words.word_zh, '剔除' || variants.province_left_out, variants.table_column) as row_label_zh,
        slopes.estimate_text, slopes.below_text, fits.* exclude (exhibit, table_column)
    from variants
    inner join fits using (exhibit, table_column)
    left join {{ ref('coefficient_cells') }} as slopes
        on
            variants.exhibit = slopes.exhibit and variants.table_column = slopes.table_column
            and variants.index_id = slopes.term
    left join {{ ref('exhibit_words') }} as words on variants.table_column = words.word_en
    union all by name
    select
        variants.position, variants.specification_id, exhibit_rows.position as line,
        exhibit_rows.label_en as row_label, exhibit_rows.label_zh as row_label_zh, tests.cell as estimate_text
    from variants
    inner join {{ ref('test_cells') }} as tests using (exhibit, table_column)
    inner join {{ ref('exhibit_rows') }} as exhibit_rows using (row_id)

)

select
    row_label, row_label_zh, coalesce(estimate_text, '') as estimate, coalesce(below_text, '') as "standard error",
    coalesce(outcome, '') as "dependent variable", coalesce(n_obs, '') as "N", coalesce(n_cities, '') as cities,
    coalesce(r2_overall, '') as "R2 (effects counted)", coalesce(covariance, '') as "standard errors",
    coalesce(data_kind, '') as data, coalesce(specification, '') as specification -- noqa: RF04
from lines
order by position, specification_id, line
