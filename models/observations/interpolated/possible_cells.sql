-- grain: city_id x year x indicator_id, every cell of the dictionary that could hold a number, and every one that does
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
    where
        city_roster.year in (select reconciled.year from reconciled_observations as reconciled)
        or city_roster.year in (select extra.year from {{ ref('uncontested_numbers') }} as extra)
    union
    select city_id, year, indicator_id from {{ ref('interpolated_observations') }}

)

select city_id, year, indicator_id from reconciled_observations
where indicator_id in (select indicators.indicator_id from {{ ref('indicators') }} as indicators)
union all
select beyond_reconciled.*
from beyond_reconciled
anti join reconciled_observations using (city_id, year, indicator_id)
