{# The text of a message with the placeholders of a finding filled in. #}
{% macro filled_in(text) -%}
    {%- set cells = {
        'file': 'file', 'row': 'row_number', 'column': 'coalesce(column_printed, printed_header, indicator_id)', 'value': 'value_told',
        'expected': 'expected', 'evidence': 'evidence', 'city': 'city_name', 'year': 'year', 'correction': 'proposed_correction'
    } -%}
    {{ 'replace(' * (cells | length) }}{{ text }}
    {%- for placeholder, cell in cells.items() %}
        , '{{ '{' ~ placeholder ~ '}' }}', coalesce(({{ cell }})::varchar, ''))
    {%- endfor %}
{%- endmacro %}
