{# A number with the digits that it has, and no others: 4283.31, 500000. #}
{% macro plain_number(expression) -%}
    format('{:.12g}', {{ expression }})
{%- endmacro %}
