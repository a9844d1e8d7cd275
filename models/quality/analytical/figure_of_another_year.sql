-- grain: source_id x indicator_id x city_id x year, a suspect number that the city's year before or after carries
with

habits as (

    select source_id, indicator_id
    from {{ ref('yearly_changes') }}
    group by all
    having avg(is_repeated::integer) > 0.05

)

select
    suspects.source_id,
    suspects.indicator_id,
    suspects.city_id,
    suspects.year,
    suspects.expected,
    '= ' || string_agg(others.year, ' ' order by others.year) as evidence,
    'drop' as action
from {{ ref('suspect_numbers') }} as suspects
inner join {{ ref('compared_numbers') }} as others
    on
        suspects.source_id = others.source_id
        and suspects.indicator_id = others.indicator_id
        and suspects.city_id = others.city_id
        and suspects.value = others.value
        and abs(suspects.year - others.year) = 1
anti join habits on suspects.source_id = habits.source_id and suspects.indicator_id = habits.indicator_id
where suspects.digits >= 4
group by all
