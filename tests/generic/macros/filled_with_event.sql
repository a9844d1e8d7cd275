{# The text of the message about an event: how many cells, where, when, and the message of the first of them. #}
{% macro filled_with_event(text, first) -%}
    replace(replace(replace(replace({{ text }},
        '{cells}', events.cells::varchar),
        '{province}', left(coalesce(events.province_zh, ''), 40)),
        '{year}', concat_ws('–', events.first_year, nullif(events.last_year, events.first_year))),
        '{first}', {{ first }})
{%- endmacro %}
