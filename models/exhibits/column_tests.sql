-- grain: specification_id x column_test x variable (NULL: a joint test), the tests that belong to a fitted column
-- depends_on: {{ ref('results_gate') }}
with

diagnostics as (

    select * from {{ ref('diagnostics') }}

),

hausman_columns as (

    select * from {{ ref('hausman_columns') }}

)

-- its own, and those of the Hausman row that has its design
select
    specification_id, test as column_test, variable, statistic, df, df_denominator, p_value, critical_values, details
from diagnostics
union all
select
    hausman_columns.specification_id, 'column_' || test, variable, statistic, df, df_denominator, p_value,
    critical_values, details
from diagnostics
inner join hausman_columns on diagnostics.specification_id = hausman_columns.tested_by
