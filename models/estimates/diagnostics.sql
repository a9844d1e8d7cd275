-- grain: specification_id x test x endogenous (NULL: a joint test)
select
    specification_id,
    unnest(from_json(diagnostics, '[{
        "test": "VARCHAR", "endogenous": "VARCHAR", "statistic": "DOUBLE", "df": "DOUBLE", "df_denominator": "DOUBLE",
        "p_value": "DOUBLE"
    }]'), recursive := true)
from {{ ref('regression_fits') }}
