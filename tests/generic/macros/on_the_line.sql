{# The number of a year on the straight line between the years before and after a gap. #}
{% macro on_the_line(year) -%}
    value_before + (value_after - value_before) * ({{ year }} - year_before) / (year_after - year_before)
{%- endmacro %}
