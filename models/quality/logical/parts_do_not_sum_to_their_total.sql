-- grain: city_id x year x indicator_id, totals of the panel that their parts miss by more than the identity allows
select
    'warn' as severity,
    city_id,
    year,
    max(if(is_total, indicator_id, null)) as indicator_id,
    {{ plain_number('sum(if(is_total, value_used, 0))') }} as value,
    {{ plain_number('sum(if(is_total, 0, value_used) order by indicator_id)') }} as expected,
    identity_id as evidence
from {{ ref('observations') }}
inner join {{ ref('identity_terms') }} using (indicator_id)
where value_used is not null
group by identity_id, city_id, year, tolerance, terms
having
    count(*) = terms
    and abs(sum(if(is_total, -value_used, value_used) order by indicator_id))
    > tolerance * abs(sum(if(is_total, value_used, 0)))
