{# A number as a person would write it: five digits that carry information. #}
{% macro rounded(expression) -%}
    format('{:.5g}', {{ expression }})
{%- endmacro %}
