-- grain: source_id x indicator_id x city_id x year, numbers that a whole block, series or power of ten makes wrong: a
--   sum they break has its cause
{% for check in [
    'rows_are_displaced', 'series_is_a_year_off', 'column_in_another_unit', 'number_is_off_by_a_factor',
    'year_is_repeated', 'province_steps_to_another_level', 'numbers_are_exchanged'
] -%}
select source_id, indicator_id, city_id, year from {{ ref(check) }}
{% if not loop.last %}union
{% endif %}{% endfor %}
