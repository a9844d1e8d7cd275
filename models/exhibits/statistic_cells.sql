-- grain: exhibit x table_column x row_position, what stands below the coefficients of a column: N, R2, kind of data
with

fit_statistics as (

    select * from {{ ref('fit_statistics') }}
    where n_obs is not null

),

regressions as (

    select *, rowid as position from {{ ref('regressions') }}

),

columns_fitted as (

    select
        regressions.exhibit,
        regressions."column" as table_column,
        regressions.position as column_position,
        fit_statistics.*
    from fit_statistics
    inner join regressions using (specification_id)

)

select
    exhibit, table_column, column_position, 2000 as row_position, 'N' as row_label, '观测值' as row_label_zh,
    format('{:,}', n_obs) as cell
from columns_fitted
union all
select exhibit, table_column, column_position, 2001, 'R2 (overall)', 'R2（含固定效应）', format('{:.3f}', r2_overall)
from columns_fitted
where r2_overall is not null
union all
select exhibit, table_column, column_position, 2002, 'data', '数据', data_kind
from columns_fitted
