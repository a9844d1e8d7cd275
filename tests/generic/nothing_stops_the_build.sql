{# The table is empty. Where it is not, dbt prints what to read and the messages, corrections ready to copy. #}
{% test nothing_stops_the_build(model, table, waiting_en, waiting_zh) %}
{%- set more = "if(count(*) > 20, ' (20 / ' || count(*) || ')', '')" %}
{%- set words %}
    chr(10) || chr(10) || count(*) || ' x STOP: the {{ waiting_en }} wait; what an earlier build made of them stands. Everything found: citypanel query "from {{ table }}"' || {{ more }} || ':'
    || chr(10) || '构建停止：{{ waiting_zh }}未重算，先前的结果保持不变。全部问题：citypanel query "from {{ table }}"' || chr(10)
    || array_to_string(list(chr(10) || message_en || chr(10) || message_zh order by check_id, message_en)[:20], chr(10)) || chr(10)
{%- endset %}
{{ config(fail_calc="if(count(*) = 0, 0, error(" ~ words ~ ")::integer)") }}
    select * from {{ model }}
{% endtest %}
