-- grain: specification_id x printed_item, our numbers under the names that the studies print
with

regressions as (

    select * from {{ ref('regressions') }}

),

fit_statistics as (

    select * from {{ ref('fit_statistics') }}
    where n_obs is not null

),

-- the Hausman row of a column is the one with the same design
hausman_tests as (

    select columns_fitted.specification_id, any_value(diagnostics.p_value) as p_value
    from {{ ref('diagnostics') }} as diagnostics
    inner join regressions as tested using (specification_id)
    inner join regressions as columns_fitted
        on
            tested.outcome = columns_fitted.outcome
            and tested.regressors = columns_fitted.regressors
            and tested.sample_id = columns_fitted.sample_id
            and coalesce(tested.control_set_id, '') = coalesce(columns_fitted.control_set_id, '')
            and coalesce(tested.transform, '') = coalesce(columns_fitted.transform, '')
    where diagnostics.test = 'hausman_classic' and columns_fitted.estimator = 'two_way_fixed_effects'
    group by columns_fitted.specification_id

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
-- study A prints R2 (most likely with the effects counted as explained), study B adjusted R2
select
    fit_statistics.specification_id, 'r2',
    case when regressions.study = 'B' then fit_statistics.r2_overall_adjusted else fit_statistics.r2_overall end,
    null, null, null, null, null
from fit_statistics
inner join regressions using (specification_id)
union all
-- where the difference of the variances is not positive definite, chi2 may be negative and has no p value
select specification_id, 'hausman_p', p_value, null, null, null, null, if(p_value is null, 'not_defined', null)
from hausman_tests
