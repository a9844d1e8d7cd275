{# Appends one small file to build/history: that a run began, and how it ended, layer by layer. A run that was killed has
   only the first. Files are only ever added, so no failure of one run can hurt the record of another. #}
{% macro record_run(event, results=[]) -%}
    {%- if execute and flags.WHICH in ['build', 'run', 'seed', 'test'] -%}
        {%- set name = target.path.split('/') | last | replace('.duckdb', '') -%}
        {%- set folder = target.path[:-(target.path.split('/') | last | length)] -%}
        {%- set record = {
            'event': event, 'database': name, 'run_id': invocation_id, 'command': flags.WHICH,
            'started': run_started_at.strftime('%Y-%m-%dT%H:%M:%SZ'),
            'at': modules.datetime.datetime.now(modules.pytz.utc).strftime('%Y-%m-%dT%H:%M:%SZ'),
            'selected': (invocation_args_dict.get('select') or []) | join(' '),
        } -%}
        {%- if event == 'ended' -%}{%- do record.update(outcome_of_run(results)) -%}{%- endif -%}
        copy (select '{{ tojson(record) | replace("'", "''") }}'::json as run)
        to '{{ (folder ~ 'history') | replace("'", "''") }}' (
            format json, per_thread_output, append,
            filename_pattern '{{ (name ~ '_' ~ event) | replace("'", "''") }}_{uuid}'
        )
    {%- endif -%}
{%- endmacro %}
