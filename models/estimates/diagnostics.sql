-- grain: specification_id x test x variable (NULL: a joint test)
select
    specification_id,
    unnest(from_json(diagnostics, '[{
        "test": "VARCHAR", "variable": "VARCHAR", "statistic": "DOUBLE", "df": "DOUBLE", "df_denominator": "DOUBLE",
        "p_value": "DOUBLE", "reason": "VARCHAR", "flags": "JSON", "draws": "BIGINT", "seed": "BIGINT", "details": "JSON"
    }]'), recursive := true)
from {{ ref('regression_fits') }}
