-- grain: exhibit x table_column x term, the terms that a column shows and the row in which each stands
-- depends_on: {{ ref('results_gate') }}
with

lists as (

    select
        specification_id,
        if(estimator = 'group_difference', split, null) as split,
        string_split(concat_ws('+', nullif(endogenous, ''), nullif(regressors, '')), '+') as of_interest,
        string_split(coalesce(controls, ''), '+') as controls
    from {{ ref('regression_queue') }}

),

written as (

    select
        specification_id, split, len(of_interest) as n_of_interest,
        unnest(of_interest || controls) as term, generate_subscripts(of_interest || controls, 1) as place
    from lists

),

-- a difference of groups has every slope a second time, times the group
terms as (

    select specification_id, trim(term) as term, place, place > n_of_interest as is_control from written
    where term <> ''
    union all
    select specification_id, trim(term) || ':' || split, place + 0.5, place > n_of_interest from written
    where term <> '' and split is not null
    union all
    select specification_id, '_cons', 1000, false from lists

),

-- one row of the table holds all variants of an index
study_indices as (

    select study, variable from {{ ref('study_variables') }}
    where variable in (select indices.index_id from {{ ref('indices') }} as indices)

)

select
    exhibit_columns.exhibit,
    exhibit_columns.table_column,
    exhibit_columns.specification_id,
    exhibit_columns.study,
    terms.term,
    if(terms.term = exhibit_columns.index_id, study_indices.variable, terms.term) as row_term,
    min(terms.place) as place,
    any_value(exhibit_columns.position) as column_position
from {{ ref('exhibit_columns') }} as exhibit_columns
inner join terms using (specification_id)
inner join {{ ref('exhibits') }} using (exhibit)
left join study_indices on exhibit_columns.study = study_indices.study
where layout = 'all_coefficients' or (layout = 'coefficients_of_interest' and not terms.is_control)
group by all
