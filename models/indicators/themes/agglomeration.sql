-- grain: city_id x year; location quotients of a city, its specialisation and its concentration
with

location_quotients as (

    select * from {{ ref('location_quotients') }}

),

-- half the Krugman index: over all industries, so only where all of them are known
compared as (

    select
        *,
        abs(share_of_industries - reference_share_of_industries) / 2 as share_difference,
        share_of_industries * share_of_industries as squared_share
    from location_quotients

)

select
    city_id,
    year,
    max(location_quotient_ratio) filter (where basis = 'value_added' and industry = 'primary')
        as primary_location_quotient_ratio,
    max(location_quotient_ratio) filter (where basis = 'value_added' and industry = 'secondary')
        as secondary_location_quotient_ratio,
    max(location_quotient_ratio) filter (where basis = 'value_added' and industry = 'tertiary')
        as tertiary_location_quotient_ratio,
    max(location_quotient_share) filter (where basis = 'value_added' and industry = 'secondary')
        as secondary_location_quotient_share,
    max(location_quotient_scaled_ratio) filter (where basis = 'value_added' and industry = 'secondary')
        as secondary_location_quotient_scaled_ratio,
    fsum(share_difference order by industry) filter (where basis = 'value_added')
        as value_added_specialisation_index,
    fsum(squared_share order by industry) filter (where basis = 'value_added')
        as value_added_herfindahl_index,
    fsum(share_difference order by industry) filter (where basis = 'employment')
        as employment_specialisation_index,
    fsum(squared_share order by industry) filter (where basis = 'employment')
        as employment_herfindahl_index,
    max(location_quotient_ratio) filter (where basis = 'employment' and industry = 'manufacturing')
        as manufacturing_location_quotient_ratio,
    max(location_quotient_ratio) filter (where basis = 'employment' and industry = 'information')
        as information_location_quotient_ratio
from compared
group by city_id, year
