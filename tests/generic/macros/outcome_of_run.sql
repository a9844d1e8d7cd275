{# How a run went: nodes by layer, kind and status, the names of what failed, and whether the gate was open. A test belongs to
   the layer of the model it is attached to, else to that of the last model it names. #}
{% macro outcome_of_run(results) -%}
    {%- set layers = {} -%}
    {%- set failed = [] -%}
    {%- set gate = {'is': 'not reached'} -%}
    {%- for result in results if result.node.resource_type != 'operation' -%}
        {%- set node = result.node -%}
        {%- set kind = 'test' if node.resource_type in ['test', 'unit_test'] else 'table' -%}
        {%- set parents = node.depends_on.nodes if kind == 'test' else [] -%}
        {%- set subject = graph.nodes.get(node.attached_node or (parents | last), node) if kind == 'test' else node -%}
        {%- set counts = layers.setdefault(subject.schema, {}) -%}
        {%- set status = {'pass': 'good', 'success': 'good', 'warn': 'warn', 'skipped': 'skipped', 'no-op': 'skipped'}.get(
            result.status | string, 'failed'
        ) -%}
        {%- do counts.update({kind ~ '_' ~ status: counts.get(kind ~ '_' ~ status, 0) + 1}) -%}
        {%- if status == 'failed' and failed | length < 20 -%}{%- do failed.append(node.name) -%}{%- endif -%}
        {%- if kind == 'test' and subject.name in ['gate', 'results_gate'] and gate['is'] != 'closed' -%}
            {%- do gate.update({'is': {'failed': 'closed', 'skipped': 'not reached'}.get(status, 'open')}) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return({'layers': layers, 'failed': failed, 'gate': gate['is']}) }}
{%- endmacro %}
