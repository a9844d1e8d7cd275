-- grain: specification_id x step_number, from the panel to the rows fitted; rows_in is rows_out of the step before
select
    specification_id,
    unnest(from_json(steps, '[{
        "step_number": "BIGINT", "step": "VARCHAR", "rows_in": "BIGINT", "rows_out": "BIGINT",
        "reason": "VARCHAR", "reason_zh": "VARCHAR"
    }]'), recursive := true)
from {{ ref('regression_fits') }}
