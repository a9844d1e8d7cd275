-- grain: specification_id x tested_by, a fitted column and the Hausman row of the catalogue that has the same design
-- depends_on: {{ ref('results_gate') }}
with

regression_queue as (

    select * from {{ ref('regression_queue') }}

)

select
    columns_fitted.specification_id,
    tests.specification_id as tested_by
from regression_queue as tests
inner join regression_queue as columns_fitted
    on
        tests.outcome = columns_fitted.outcome
        and tests.regressors = columns_fitted.regressors
        and tests.sample_id = columns_fitted.sample_id
        and coalesce(tests.control_set_id, '') = coalesce(columns_fitted.control_set_id, '')
        and coalesce(tests.transform, '') = coalesce(columns_fitted.transform, '')
where tests.estimator = 'hausman' and columns_fitted.estimator = 'two_way_fixed_effects'
