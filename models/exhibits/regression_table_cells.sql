-- grain: exhibit x column x row_number, the cells of a regression table as text: estimate with stars, standard error below
with

estimates as (

    select * from {{ ref('estimates') }} where is_headline

),

fit_statistics as (

    select * from {{ ref('fit_statistics') }}

),

regressions as (

    select *, row_number() over () as position from {{ ref('regressions') }}

),

study_variables as (

    select *, row_number() over (partition by study) as position from {{ ref('study_variables') }}

),

coefficients as (

    select
        regressions.exhibit,
        regressions.position as column_position,
        regressions."column" as table_column,
        estimates.term,
        coalesce(study_variables.study_name, estimates.term) as row_label,
        coalesce(study_variables.label_zh, estimates.term) as row_label_zh,
        coalesce(case when estimates.term = '_cons' then 900 end, study_variables.position, 100 + dense_rank() over (partition by regressions.exhibit order by estimates.term)) as row_position,
        format('{:.4f}', estimates.estimate) || case
            when estimates.p_value < 0.01 then '***'
            when estimates.p_value < 0.05 then '**'
            when estimates.p_value < 0.1 then '*'
            else ''
        end as estimate_text,
        format('({:.4f})', estimates.std_error) as std_error_text
    from estimates
    inner join regressions using (specification_id)
    left join study_variables on regressions.study = study_variables.study and estimates.term = study_variables.variable
    where estimates.status = 'estimated'

)

select exhibit, table_column, column_position, row_position * 2 as row_number, row_label, row_label_zh, estimate_text as cell
from coefficients
union all
select exhibit, table_column, column_position, row_position * 2 + 1, '', '', std_error_text
from coefficients
union all
select regressions.exhibit, regressions."column", regressions.position, 2000, 'N', '观测值', format('{:,}', fit_statistics.n_obs)
from fit_statistics inner join regressions using (specification_id) where fit_statistics.n_obs is not null
union all
select regressions.exhibit, regressions."column", regressions.position, 2001, 'R2 (overall)', 'R2（含固定效应）', format('{:.3f}', fit_statistics.r2_overall)
from fit_statistics inner join regressions using (specification_id) where fit_statistics.r2_overall is not null
union all
select regressions.exhibit, regressions."column", regressions.position, 2002, 'data', '数据', fit_statistics.data_kind
from fit_statistics inner join regressions using (specification_id) where fit_statistics.n_obs is not null
