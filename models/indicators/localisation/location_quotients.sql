-- grain: basis x industry x city_id x year; LQ = (E_ij / E_i) / (E_j / E), E_j and E of the reference cities
with

industry_composition as (

    select * from {{ ref('industry_composition') }}

),

reference_area as (

    select
        basis,
        industry,
        year,
        fsum(amount order by city_id) / nullif(fsum(city_total order by city_id), 0) as reference_share,
        fsum(amount order by city_id) filter (where industries_total is not null)
        / nullif(fsum(industries_total order by city_id), 0) as reference_share_of_industries
    from industry_composition
    where is_reference and city_total is not null
    group by basis, industry, year

),

quotients as (

    select
        industry_composition.*,
        industry_composition.amount / nullif(industry_composition.industries_total, 0) as share_of_industries,
        reference_area.reference_share_of_industries,
        industry_composition.amount / nullif(industry_composition.city_total, 0)
        / nullif(reference_area.reference_share, 0) as location_quotient_ratio
    from industry_composition
    left join reference_area using (basis, industry, year)

)

-- formula 4 of study B: the quotient over the sum of the quotients; its mean over m reference cities is 1 / m
select
    basis,
    industry,
    city_id,
    year,
    is_reference,
    amount,
    industries_total,
    share_of_industries,
    reference_share_of_industries,
    location_quotient_ratio,
    location_quotient_ratio
    / nullif(fsum(location_quotient_ratio) filter (where is_reference) over same_industry, 0)
        as location_quotient_share,
    count(location_quotient_ratio) filter (where is_reference) over same_industry * location_quotient_ratio
    / nullif(fsum(location_quotient_ratio) filter (where is_reference) over same_industry, 0)
        as location_quotient_scaled_ratio
from quotients
window same_industry as (
    partition by basis, industry, year order by city_id
    rows between unbounded preceding and unbounded following
)
