-- grain: source_id x indicator_id x city_id x year, off the city's other years, and another source is not
-- Two sources of one origin are one witness.
select
    suspects.source_id,
    suspects.indicator_id,
    suspects.city_id,
    suspects.year,
    arg_min(others.value, others.source_id) as expected,
    string_agg(others.source_id || ' ' || {{ rounded('others.value') }}, '; ' order by others.source_id) as evidence,
    'override' as action,
    {{ rounded('arg_min(others.value, others.source_id)') }} as value_new
from {{ ref('suspect_numbers') }} as suspects
inner join {{ ref('compared_numbers') }} as others using (indicator_id, city_id, year)
inner join {{ ref('source_origins') }} as own on suspects.source_id = own.source_id
inner join {{ ref('source_origins') }} as other on others.source_id = other.source_id
where
    own.origin_id <> other.origin_id
    and abs(others.level - suspects.level) > abs(suspects.deviation) / 2
    and abs(others.level - suspects.expected_level) < abs(suspects.deviation) / 2
    and abs(suspects.deviation) > 0.03
    and abs(suspects.score) > 4
group by all
