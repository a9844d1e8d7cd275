{# The table is empty. Where it is not, the messages themselves are the error that dbt prints. #}
{% test nothing_stops_the_build(model) %}
    select error(string_agg(message_en || chr(10) || message_zh, chr(10))) as messages
    from (select * from {{ model }} order by all limit 20)
    having count(*) > 0
{% endtest %}
