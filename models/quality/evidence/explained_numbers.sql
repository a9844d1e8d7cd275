-- grain: source_id x indicator_id x city_id x year, numbers for which a check has found a cause, by which they are
--   wrong
{% for check in var('causes_of_a_jump') -%}
select source_id, indicator_id, city_id, year from {{ ref(check) }}
{% if not loop.last %}union
{% endif %}{% endfor %}
