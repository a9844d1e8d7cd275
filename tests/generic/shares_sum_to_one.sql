{# Inside each group the shares sum to 1; a group where a share is missing is not judged. #}
{% test shares_sum_to_one(model, share, group_by, tolerance=1e-9) %}
    select {{ group_by | join(', ') }}, fsum({{ share }}) as sum_of_shares
    from {{ model }}
    group by {{ group_by | join(', ') }}
    having count({{ share }}) = count(*) and not abs(fsum({{ share }}) - 1) <= {{ tolerance }}
{% endtest %}
