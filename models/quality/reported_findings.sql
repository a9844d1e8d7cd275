-- grain: finding_check x source_id x city_id x year x indicator_id x file x row_number, the checks one below the other
-- A check is a model of models/quality/<depth> that should be empty, named by what it finds, listed in <depth>_checks.
select
    null::varchar as finding_check,
    null::varchar as depth,
    null::varchar as severity,
    null::varchar as source_id,
    null::varchar as city_id,
    null::integer as year,
    null::varchar as indicator_id,
    null::varchar as file,
    null::bigint as row_number,
    null::varchar as column_printed,
    null::varchar as value,
    null::double as value_reported,
    null::varchar as expected,
    null::varchar as evidence,
    null::varchar as event,
    null::varchar as proposed_correction
where false
{% for depth in ['structural', 'logical'] %}
{% for check in var(depth ~ '_checks') %}
union all by name
select '{{ check }}' as finding_check, '{{ depth }}' as depth, * from {{ ref(check) }}
{% endfor %}
{% endfor %}
union all by name
select *, 'analytical' as depth from {{ ref('analytical_findings') }}
