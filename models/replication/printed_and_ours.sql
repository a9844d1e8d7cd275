-- grain: specification_id x printed_item, every printed number beside ours: differences, signs, bands, intervals
with

printed_numbers as (

    select * from {{ ref('printed_numbers') }}

),

our_numbers as (

    select * from {{ ref('our_numbers') }}

),

normal as (

    select max(critical_value) as z from {{ ref('critical_values') }}
    where df is null and level = 0.05

),

paired as (

    select
        printed_numbers.* exclude (std_error_low, std_error_high, abs_t, abs_t_low, abs_t_high),
        our_numbers.* exclude (specification_id, printed_item),
        printed_numbers.published - normal.z * printed_numbers.published_std_error as published_conf_low,
        printed_numbers.published + normal.z * printed_numbers.published_std_error as published_conf_high,
        our_numbers.ours - printed_numbers.published as difference,
        {{ stars('our_numbers.p_value') }} as our_stars
    from printed_numbers
    cross join normal
    left join our_numbers using (specification_id, printed_item)

)

select
    *,
    difference / last_digit as difference_last_digits,
    sign(ours) = sign(published) as signs_agree,
    our_stars = stars as bands_agree,
    published between conf_low and conf_high as published_in_our_interval,
    ours between published_conf_low and published_conf_high as ours_in_published_interval,
    conf_low <= published_conf_high and published_conf_low <= conf_high as intervals_overlap
from paired
