-- grain: specification_id x printed_item, our numbers under the names that the studies print
-- depends_on: {{ ref('results_gate') }}
with

fit_statistics as (

    select * from {{ ref('fit_statistics') }}
    where n_obs is not null

),

hausman_tests as (

    select
        hausman_columns.specification_id,
        any_value(diagnostics.p_value) as p_value
    from {{ ref('hausman_columns') }} as hausman_columns
    inner join {{ ref('diagnostics') }} as diagnostics on hausman_columns.tested_by = diagnostics.specification_id
    where diagnostics.test = 'hausman_classic'
    group by hausman_columns.specification_id

),

-- which of the R2 a study prints, and why, is said by its table
r2_shown as (

    select regressions.specification_id, exhibits.r2
    from {{ ref('regressions') }} as regressions
    inner join {{ ref('exhibits') }} as exhibits using (exhibit)

)

select
    specification_id, coalesce(study_name, term) as printed_item, estimate as ours, std_error, conf_low, conf_high,
    p_value, status as term_status
from {{ ref('estimates') }}
where is_headline
union all
select specification_id, 'n_obs', n_obs, null, null, null, null, null
from fit_statistics
union all
select specification_id, 'n_cities', n_cities, null, null, null, null, null
from fit_statistics
union all
select
    specification_id, 'r2',
    case r2_shown.r2
        when 'r2_overall_adjusted' then r2_overall_adjusted
        when 'r2_within' then r2_within
        when 'r2_within_adjusted' then r2_within_adjusted
        else r2_overall
    end,
    null, null, null, null, null
from fit_statistics
left join r2_shown using (specification_id)
union all
-- where the difference of the variances is not positive definite, chi2 may be negative and has no p value
select specification_id, 'hausman_p', p_value, null, null, null, null, if(p_value is null, 'not_defined', null)
from hausman_tests
