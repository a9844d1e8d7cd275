-- grain: indicator_id x input; the printed indicators of the same row that a panel column stands on
-- An interpolated input makes the column an interpolated one; meta.inputs of its YAML names them.
{%- set named = [] %}
{%- for node in (graph.nodes.values() if execute else [])
        if node.resource_type == 'model' and node.name in var('indicator_models') %}
{%- for column in node.columns.values() %}
{%- for input in (column.config.meta or {}).get('inputs', []) %}
{%- do named.append("('" ~ column.name ~ "', '" ~ input ~ "')") %}
{%- endfor %}
{%- endfor %}
{%- endfor %}
with

indicators as (

    select * from {{ ref('indicators') }}

),

derived (indicator_id, input) as (

    values
    {{ named | sort | join(',\n    ') or "(null, null)" }}

)

select indicator_id, indicator_id as input
from indicators
union all
select indicator_id, input
from derived
where indicator_id is not null
