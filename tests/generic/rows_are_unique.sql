{# No two rows share the same values of these columns: the grain of the table. #}
{% test rows_are_unique(model, columns) %}
    select {{ columns | join(', ') }}, count(*) as rows_found
    from {{ model }}
    group by {{ columns | join(', ') }}
    having count(*) > 1
{% endtest %}
