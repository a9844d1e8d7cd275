-- grain: basis (stars, t, ours) x specification_id x printed_item, the numbers that claims are judged by
with

printed_numbers as (

    select * from {{ ref('printed_numbers') }}

),

our_numbers as (

    select * from {{ ref('our_numbers') }}

),

panel_extremes as (

    select
        min(labour_flow_formula_3_ratio) as "labour_flow_formula_3_ratio.min",
        min(secondary_location_quotient_share) as "secondary_location_quotient_share.min",
        max(secondary_location_quotient_share) as "secondary_location_quotient_share.max"
    from {{ ref('city_year') }}
    where belt

)

-- the print is read twice, by its stars and by its t under the normal distribution: they do not always agree
select
    'stars' as basis, specification_id, printed_item, published as number, published_std_error as std_error, stars
from printed_numbers
union all
select
    't', printed_numbers.specification_id, printed_numbers.printed_item, printed_numbers.published,
    printed_numbers.published_std_error,
    case when printed_stars.fits then printed_stars.stars else printed_stars.stars_least end
from printed_numbers
left join {{ ref('printed_stars') }} as printed_stars
    on
        printed_numbers.specification_id = printed_stars.specification_id
        and printed_numbers.printed_item = printed_stars.printed_item
        and printed_stars.reference = 'normal'
union all
select
    'ours', specification_id, printed_item, ours, std_error,
    {{ stars('p_value') }}
from our_numbers
where ours is not null
union all
select 'ours', 'panel', printed_item, number, null, null
from (unpivot panel_extremes on columns(*) into name printed_item value number)
