{# dbt-duckdb's COPY guesses quotes and escapes from the first 20480 rows: in a longer table a number such as "1,234" further
   down stops the load, and "1234" keeps its quotes. A yearbook folder is plain CSV, so nothing is guessed. #}
{% macro duckdb__load_csv_rows(model, agate_table) -%}
    {%- set sql -%}
        copy {{ this.render() }} from '{{ adapter.get_seed_file_path(model) | replace("'", "''") }}'
        (format csv, header true, delimiter ',', quote '"', escape '"', auto_detect false)
    {%- endset -%}
    {%- do adapter.add_query(sql, abridge_sql_log=True) -%}
    {{ return(sql) }}
{%- endmacro %}
