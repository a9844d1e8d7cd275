{# One exhibit as printed: a line per row of the table, one text column per column of the table, in the order given. #}
{% macro regression_table(exhibit, columns) -%}
select
    row_label,
    row_label_zh,
    {%- for column in columns %}
    coalesce(max(cell) filter (where table_column = '{{ column }}'), '') as "{{ column }}"{{ "," if not loop.last }}
    {%- endfor %}
from {{ ref('regression_table_cells') }}
where exhibit = '{{ exhibit }}'
group by row_number, row_label, row_label_zh
order by row_number
{%- endmacro %}
