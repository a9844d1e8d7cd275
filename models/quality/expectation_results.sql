-- grain: expectation_id, what Great Expectations found, before and after the regressions
select * from {{ ref('data_expectation_runs') }}
union all by name
select * from {{ ref('results_expectation_runs') }}
