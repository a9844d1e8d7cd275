-- grain: exhibit x table_column x row_id, what a table says of a fit beside its coefficients, as text
-- depends_on: {{ ref('results_gate') }}
with

regression_queue as (

    select specification_id, fixed_effects, controls from {{ ref('regression_queue') }}

),

outcomes as (

    select study, variable as outcome, study_name from {{ ref('study_variables') }}

),

printed_tests as (

    select hausman_columns.tested_by as specification_id, published.printed
    from {{ ref('published_fit_statistics') }} as published
    inner join {{ ref('hausman_columns') }} as hausman_columns using (specification_id)
    where published.statistic = 'hausman_p'

),

-- one column per line of the table, NULL where the table lacks the line
lines as (

    select
        columns_shown.exhibit,
        columns_shown.table_column,
        coalesce(outcomes.study_name, columns_shown.outcome) as outcome,
        case when layout = 'coefficients_of_interest' then if(controls <> '', 'yes', 'no') end as controls,
        format('{:,}', n_obs) as n_obs,
        format('{:,}', n_cities) as n_cities,
        case when r2 = 'r2_overall' then format('{:.3f}', r2_overall) end as r2_overall,
        case when r2 = 'r2_overall_adjusted' then format('{:.3f}', r2_overall_adjusted) end as r2_overall_adjusted,
        case when r2 = 'r2_within' then format('{:.3f}', r2_within) end as r2_within,
        case when r2 = 'r2_within_adjusted' then format('{:.3f}', r2_within_adjusted) end as r2_within_adjusted,
        case when layout <> 'tests' then if(contains(fixed_effects, 'city'), 'yes', 'no') end as city_effects,
        case when layout <> 'tests' then if(contains(fixed_effects, 'year'), 'yes', 'no') end as year_effects,
        case when layout <> 'tests' then covariance end as covariance,
        printed_tests.printed as hausman_p_printed,
        if(n_obs is null, 'not estimable', data_kind) as data_kind,
        specification_id as specification
    from {{ ref('exhibit_columns') }} as columns_shown
    inner join {{ ref('exhibits') }} using (exhibit, study)
    inner join {{ ref('fit_statistics') }} using (specification_id)
    inner join regression_queue using (specification_id)
    left join outcomes using (study, outcome)
    left join printed_tests using (specification_id)

)

unpivot lines on columns(* exclude (exhibit, table_column)) into name row_id value cell
