{# Leaves beside the database what the running command is: one line of JSON, build/<name>.invocation.json. The publication
   is made of a whole `dbt build` alone, and a reader learns from it, without opening the database, that something was
   written after the publication. Commands that write no table leave it as it is. #}
{% macro record_invocation() -%}
    {%- if execute and flags.WHICH in ('build', 'run', 'seed', 'snapshot', 'clone') -%}
    {%- set left_out = {'table': [], 'test': []} -%}
    {%- for node in graph.nodes.values()
            if node.resource_type in ('model', 'seed', 'test', 'snapshot') and node.unique_id not in selected_resources -%}
    {%- do left_out['test' if node.resource_type == 'test' else 'table'].append(node.name) -%}
    {%- endfor -%}
    {%- set settings = {} -%}
    {%- for name in ('boundaries', 'interpolation', 'interpolation_max_gap_years', 'use_corrections', 'location_quotient_reference',
                     'base_year') -%}
    {%- do settings.update({name: var(name)}) -%}
    {%- endfor -%}
    {%- set record = {
        'invocation_id': invocation_id,
        'command': flags.WHICH,
        'started_at': run_started_at.isoformat(),
        'nodes_left_out': left_out['table'] | length + left_out['test'] | length,
        'some_left_out': (left_out['table'] | sort or left_out['test'] | sort)[:3],
        'part_of_the_rows': (flags.EMPTY or invocation_args_dict.get('sample')) and true or false,
        'settings': settings,
    } -%}
    {%- set file = target.path[:-('.duckdb' | length)] ~ '.invocation.json' -%}
    copy (select '{{ tojson(record) | replace("'", "''") }}'::json as invocation)
    to '{{ file | replace("'", "''") }}' (format json)
    {%- endif -%}
{%- endmacro %}
