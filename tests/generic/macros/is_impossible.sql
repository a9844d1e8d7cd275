{# Whether the panel cannot hold a number: it is below zero where the least possible is not, or not finite. #}
{% macro is_impossible(value, minimum) -%}
    (({{ value }} < 0 and {{ minimum }} >= 0) or not isfinite({{ value }}))
{%- endmacro %}
