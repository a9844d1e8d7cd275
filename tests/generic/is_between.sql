{# Every value lies between the bounds (to rounding); NULL is not judged, NaN is outside. #}
{% test is_between(model, column_name, minimum, maximum, tolerance=1e-12) %}
    select *
    from {{ model }}
    where not {{ column_name }} between {{ minimum }} - {{ tolerance }} and {{ maximum }} + {{ tolerance }}
{% endtest %}
