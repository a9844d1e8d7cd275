-- grain: city_id x year x indicator_id, the numbers of indicators that the dictionary does not hold
-- As observations, for what imports hold beyond the dictionary. A rate is not known from a sum: units that others
-- became part of have no numbers before where the variable boundaries is constant.
with

numbers as (

    select
        city_id, year, indicator_id, value_reported, value_corrected as value_used, unit, source_id,
        correction_id, value_printed
    from {{ ref('reconciled_observations') }}
    where indicator_id not in (select indicators.indicator_id from {{ ref('indicators') }} as indicators)
    union all by name
    select
        city_id, year, indicator_id, value_reported, value_reported as value_used, unit, source_id,
        value_printed
    from {{ ref('uncontested_numbers') }}
    where value_reported is not null

),

merged_units as (

    select * from {{ ref('merged_units') }}
    where '{{ var("boundaries") }}' = 'constant'

)

select
    numbers.*,
    case
        when correction_id is not null then if(value_used is null, 'O', 'E')
        when city_roster.boundary_break then 'B'
        else 'A'
    end as status,
    if(correction_id is null, 'as reported', 'correction') as method
from numbers
left join {{ ref('city_roster') }} as city_roster using (city_id, year)
anti join merged_units
    on numbers.city_id = merged_units.city_id and numbers.year < merged_units.before_year
