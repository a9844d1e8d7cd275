-- grain: exhibit x table_column x term, estimate with stars (***, **, * for 1, 5, 10 %) and standard error as text
with

estimates as (

    select * from {{ ref('estimates') }}
    where is_headline and status = 'estimated'

),

regressions as (

    select *, rowid as position from {{ ref('regressions') }}

),

study_variables as (

    select *, rowid as position from {{ ref('study_variables') }}

)

select
    regressions.exhibit,
    regressions."column" as table_column,
    regressions.position as column_position,
    estimates.term,
    coalesce(study_variables.study_name, estimates.term) as row_label,
    coalesce(study_variables.label_zh, estimates.term) as row_label_zh,
    case
        when estimates.term = '_cons' then 900
        else coalesce(
            study_variables.position,
            100 + dense_rank() over (partition by regressions.exhibit order by estimates.term)
        )
    end as row_position,
    format('{:.4f}', estimates.estimate) || case
        when estimates.p_value < 0.01 then '***'
        when estimates.p_value < 0.05 then '**'
        when estimates.p_value < 0.1 then '*'
        else ''
    end as estimate_text,
    format('({:.4f})', estimates.std_error) as std_error_text
from estimates
inner join regressions using (specification_id)
left join study_variables
    on regressions.study = study_variables.study and estimates.term = study_variables.variable
