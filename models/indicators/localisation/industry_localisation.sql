-- grain: basis x industry x year; how unevenly an industry lies over the reference cities
-- One number per industry: unlike a location quotient it cannot enter a city regression.
with

location_quotients as (

    select * from {{ ref('location_quotients') }}

),

-- a city's part of the industry beside its part of all industries
parts as (

    select
        basis,
        industry,
        year,
        city_id,
        amount / nullif(fsum(amount) over same_industry, 0) as part_of_industry,
        industries_total / nullif(fsum(industries_total) over same_industry, 0) as part_of_all
    from location_quotients
    where is_reference and industries_total > 0
    window same_industry as (
        partition by basis, industry, year order by city_id
        rows between unbounded preceding and unbounded following
    )

),

-- Hoover's curve: cities in the order of their quotient, the highest first
curve as (

    select
        *,
        fsum(part_of_industry) over (
            partition by basis, industry, year
            order by part_of_industry / part_of_all desc, city_id
            rows between unbounded preceding and current row
        ) as cumulated_part_of_industry
    from parts

)

select
    basis,
    industry,
    year,
    count(*) as cities,
    fsum(abs(part_of_industry - part_of_all) order by city_id) / 2 as hoover_coefficient_index,
    -- twice the area between curve and diagonal
    fsum(part_of_all * (2 * cumulated_part_of_industry - part_of_industry) order by city_id) - 1
        as locational_gini_index
from curve
group by basis, industry, year
