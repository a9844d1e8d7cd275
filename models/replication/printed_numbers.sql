-- grain: specification_id x printed_item, every number that the studies print, with the bounds that rounding leaves
with

coefficients as (

    select
        specification_id, paper as study, regressor as printed_item, 'coefficient' as number_kind, estimate as printed,
        std_error as printed_std_error, t_stat as printed_t, length(coalesce(stars, '')) as stars
    from {{ ref('published_estimates') }}

),

fit_statistics as (

    select
        specification_id, left(specification_id, 1) as study, statistic as printed_item, statistic as number_kind,
        printed, null as printed_std_error, null as printed_t, null as stars
    from {{ ref('published_fit_statistics') }}

),

numbers as (

    select * from coefficients
    union all
    select * from fit_statistics

),

units as (

    select
        *,
        cast(printed as double) as published,
        pow(10, -length(split_part(printed, '.', 2))) as last_digit,
        cast(nullif(printed_std_error, '') as double) as std_error,
        pow(10, -length(split_part(printed_std_error, '.', 2))) / 2 as std_error_half,
        abs(cast(nullif(printed_t, '') as double)) as t,
        pow(10, -length(split_part(printed_t, '.', 2))) / 2 as t_half
    from numbers

)

-- t from estimate and standard error, or the standard error from estimate and t, whichever is not printed
select
    specification_id,
    study,
    printed_item,
    number_kind,
    printed,
    published,
    last_digit,
    stars,
    coalesce(std_error, abs(published) / t) as published_std_error,
    coalesce(std_error - std_error_half, (abs(published) - last_digit / 2) / (t + t_half)) as std_error_low,
    coalesce(std_error + std_error_half, (abs(published) + last_digit / 2) / (t - t_half)) as std_error_high,
    coalesce(t, abs(published) / std_error) as abs_t,
    coalesce(t - t_half, (abs(published) - last_digit / 2) / (std_error + std_error_half)) as abs_t_low,
    coalesce(t + t_half, (abs(published) + last_digit / 2) / (std_error - std_error_half)) as abs_t_high
from units
