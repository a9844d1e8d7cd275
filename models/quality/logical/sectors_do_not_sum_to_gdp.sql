-- grain: city_id x year, gross domestic product and the sum of its sectors more than 1 % apart
with

sums as (

    select
        city_id,
        year,
        gdp_100m_yuan as total,
        primary_value_added_100m_yuan + secondary_value_added_100m_yuan + tertiary_value_added_100m_yuan as parts
    from {{ ref('observations_wide') }}

)

select
    'warn' as severity, city_id, year, 'gdp_100m_yuan' as indicator_id, total::varchar as value,
    parts::varchar as expected
from sums
where abs(parts - total) > 0.01 * abs(total)
