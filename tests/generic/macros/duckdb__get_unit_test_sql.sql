{# Unit tests compare floats to 12 significant digits, as the house does everywhere: the last digit of ln depends on the
   machine. dbt's own macro compares every digit. #}
{% macro duckdb__get_unit_test_sql(main_sql, expected_fixture_sql, expected_column_names) -%}
    {%- set compared = [] -%}
    {%- for name in expected_column_names -%}
        {%- do compared.append(
            "case when typeof(" ~ name ~ ") = 'DOUBLE' then format('{:.12g}', round(try_cast(" ~ name ~ " as double), 14) + 0.0)"
            ~ " else cast(" ~ name ~ " as varchar) end as " ~ name
        ) -%}
    {%- endfor -%}
    select {{ compared | join(', ') }}, 'actual' as "actual_or_expected" from ({{ main_sql }})
    union all
    select {{ compared | join(', ') }}, 'expected' as "actual_or_expected" from ({{ expected_fixture_sql }})
{%- endmacro %}
