-- grain: specification_id x variable x lag, the panel columns that a specification names, fitted or not
select
    specification_id,
    unnest(from_json(variables, '[{"variable": "VARCHAR", "lag": "INTEGER"}]'), recursive := true)
from {{ ref('regression_fits') }}
