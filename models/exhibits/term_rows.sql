-- grain: exhibit x row_term, the rows of coefficients of a table: their order and their names
with

-- a term stands after those that any column names before it; ties go to the column further left
ordered as (

    select
        exhibit,
        study,
        row_term,
        row_number() over (
            partition by exhibit order by max(place), min(column_position), row_term
        ) as row_position
    from {{ ref('column_terms') }}
    group by exhibit, study, row_term

)

select exhibit, row_term, row_position, row_label, row_label_zh
from ordered
inner join {{ ref('term_names') }} using (study, row_term)
