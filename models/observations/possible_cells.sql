-- grain: city_id x year x indicator_id, every cell that could hold a number, and every number there is
with

city_roster as (

    select * from {{ ref('city_roster') }}
    where is_city

),

reconciled_observations as (

    select * from {{ ref('reconciled_observations') }}

),

-- one cell may be both of the roster and interpolated
beyond_reconciled as (

    select city_roster.city_id, city_roster.year, indicators.indicator_id
    from city_roster
    cross join {{ ref('indicators') }} as indicators
    where city_roster.year in (select reconciled.year from reconciled_observations as reconciled)
    union
    select city_id, year, indicator_id from {{ ref('interpolated_observations') }}

)

select city_id, year, indicator_id from reconciled_observations
union all
select beyond_reconciled.*
from beyond_reconciled
anti join reconciled_observations using (city_id, year, indicator_id)
