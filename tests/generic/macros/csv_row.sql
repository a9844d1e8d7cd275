{# A line of CSV: cells with a comma or a quote are quoted, NULL is an empty cell. #}
{% macro csv_row(cells) -%}
    concat_ws(
        ','
        {%- for cell in cells %},
        case
            when regexp_matches(({{ cell }})::varchar, '[",\n]') then '"' || replace(({{ cell }})::varchar, '"', '""') || '"'
            else coalesce(({{ cell }})::varchar, '')
        end
        {%- endfor %}
    )
{%- endmacro %}
