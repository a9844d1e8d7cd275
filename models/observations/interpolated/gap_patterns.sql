-- grain: indicator_id x year_before x year_after, the gaps that observed cells are masked by, with their number
-- An indicator without gaps of its own has those of all indicators together.
with

interpolation_gaps as (

    select * from {{ ref('interpolation_gaps') }}

)

select indicator_id, 'own gaps' as pattern, year_before, year_after, count(*) as gaps
from interpolation_gaps
group by all
union all
select indicators.indicator_id, 'gaps of all indicators', year_before, year_after, count(*)
from interpolation_gaps
cross join {{ ref('indicators') }} as indicators
where
    indicators.may_interpolate
    and indicators.indicator_id not in (select gaps.indicator_id from interpolation_gaps as gaps)
group by all
