{# How many stars a p value earns: one below 10 %, two below 5 %, three below 1 %; NULL where there is no p value. #}
{% macro stars(p) -%}
    (({{ p }} < 0.1)::integer + ({{ p }} < 0.05)::integer + ({{ p }} < 0.01)::integer)
{%- endmacro %}
