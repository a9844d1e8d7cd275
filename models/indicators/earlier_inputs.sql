-- grain: indicator_id x input x years_before; the printed indicators of an earlier year that a panel column stands on
-- meta.inputs_of_the_year_before of its YAML names them: a growth rate stands on two years.
{%- set named = [] %}
{%- for node in (graph.nodes.values() if execute else [])
        if node.resource_type == 'model' and node.name in var('indicator_models') %}
{%- for column in node.columns.values() %}
{%- for input in (column.config.meta or {}).get('inputs_of_the_year_before', []) %}
{%- do named.append("('" ~ column.name ~ "', '" ~ input ~ "', 1)") %}
{%- endfor %}
{%- endfor %}
{%- endfor %}
with

derived (indicator_id, input, years_before) as (

    values
    {{ named | sort | join(',\n    ') or "(null, null, null)" }}

)

select indicator_id, input, years_before
from derived
where indicator_id is not null
