-- The panel's YAML repeats the dictionary's sentences; this holds the two together.
{%- set described = [] %}
{%- for node in (graph.nodes.values() if execute else []) if node.name == 'city_year' %}
{%- for column in node.columns.values() %}
{%- do described.append("('" ~ column.name ~ "', '" ~ column.description | replace("'", "''") ~ "')") %}
{%- endfor %}
{%- endfor %}
with

dictionary as (

    select * from {{ ref('dictionary') }}

),

panel_columns (indicator_id, description) as (

    values
    {{ described | join(',\n    ') or "('', '')" }}

)

select indicator_id, panel_columns.description, dictionary.description as description_in_dictionary
from dictionary
inner join panel_columns using (indicator_id)
where not starts_with(panel_columns.description, dictionary.description)
