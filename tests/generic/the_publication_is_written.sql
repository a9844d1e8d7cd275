{# No publication failed for want of room or rights. Where one did, its messages are the error that dbt prints. #}
{% test the_publication_is_written(model) %}
{{ config(fail_calc="if(count(*) = 0, 0, error(string_agg(message_en || chr(10) || message_zh, chr(10)))::integer)") }}
    select message_en, message_zh from {{ model }} where outcome = 'failed'
{% endtest %}
