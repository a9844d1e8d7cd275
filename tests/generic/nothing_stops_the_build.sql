{# The table is empty. Where it is not, the messages themselves are the error that dbt prints. #}
{% test nothing_stops_the_build(model) %}
{{ config(fail_calc="if(count(*) = 0, 0, error(string_agg(message_en || chr(10) || message_zh, chr(10)))::integer)") }}
    select * from {{ model }} order by all limit 20
{% endtest %}
