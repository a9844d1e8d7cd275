-- grain: city_id x year; growth between the base year and the year, NULL where a link of the chain is missing
with

observations_wide as (

    select * from {{ ref('observations_wide') }}

),

-- the yearly factors that lie between a year and the base year, on either side of it
links as (

    select
        observations_wide.city_id,
        observations_wide.year,
        abs(observations_wide.year - {{ var('base_year') }}) as links_needed,
        linked.year as link_year,
        1 + linked.natural_growth_per_mille / 1000 as natural_growth_factor,
        linked.real_gdp_index / 100 as real_gdp_factor
    from observations_wide
    left join observations_wide as linked
        on
            observations_wide.city_id = linked.city_id
            and linked.year > least(observations_wide.year, {{ var('base_year') }})
            and linked.year <= greatest(observations_wide.year, {{ var('base_year') }})

),

chained as (

    select
        city_id,
        year,
        case
            when count(natural_growth_factor) = links_needed
                then coalesce(product(natural_growth_factor order by link_year), 1)
        end as natural_growth,
        case
            when count(real_gdp_factor) = links_needed
                then coalesce(product(real_gdp_factor order by link_year), 1)
        end as real_gdp_growth
    from links
    group by city_id, year, links_needed

)

-- before the base year the chain is divided back
select
    city_id,
    year,
    case when year < {{ var('base_year') }} then 1 / nullif(natural_growth, 0) else natural_growth end
        as cumulated_natural_growth_ratio,
    case when year < {{ var('base_year') }} then 1 / nullif(real_gdp_growth, 0) else real_gdp_growth end
        as cumulated_real_gdp_ratio
from chained
