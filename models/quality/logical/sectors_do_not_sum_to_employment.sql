-- grain: city_id x year, employment and the sum of its sectors more than 1 % apart
with

sums as (

    select
        city_id,
        year,
        urban_employment_persons as total,
        primary_employment_persons + secondary_employment_persons + tertiary_employment_persons as parts
    from {{ ref('observations_wide') }}

)

select
    'warn' as severity, city_id, year, 'urban_employment_persons' as indicator_id, total::varchar as value,
    parts::varchar as expected
from sums
where abs(parts - total) > 0.01 * abs(total)
