-- grain: exhibit x table_column, the specification behind a column, in the order of the catalogue
-- depends_on: {{ ref('results_gate') }}
select
    exhibit,
    "column" as table_column,
    specification_id,
    study,
    outcome,
    index_id,
    position
from {{ ref('specifications') }}
