-- grain: audit_check x specification_id x printed_item, whether the print fits itself under the plausible references
with

checked as (

    select
        'stars' as audit_check, specification_id, printed_item, reference, fits,
        format(
            '{} stars printed; |t| in [{:.4f}, {:.4f}] gives {} to {}',
            stars, abs_t_low, abs_t_high, stars_least, stars_most
        ) as finding
    from {{ ref('printed_stars') }}
    union all
    select
        audit_check, specification_id, printed_item, reference, fits,
        format('{} {} {}: {}', left_value, replace(comparison, '_', ' '), right_value, reason)
    from {{ ref('printed_relations_held') }}

)

select
    checked.audit_check,
    checked.specification_id,
    checked.printed_item,
    printed_numbers.printed,
    printed_numbers.stars,
    printed_numbers.abs_t,
    printed_numbers.abs_t_low,
    printed_numbers.abs_t_high,
    printed_numbers.published_std_error,
    printed_numbers.std_error_low,
    printed_numbers.std_error_high,
    case
        when bool_and(checked.fits) then 'fits'
        when bool_or(checked.fits) then 'depends on the reference'
        else 'wrong under every reference'
    end as verdict,
    string_agg(checked.reference, '; ' order by checked.reference) filter (where checked.fits) as fits_under,
    string_agg(checked.reference, '; ' order by checked.reference) filter (where not checked.fits) as wrong_under,
    string_agg(
        checked.reference || ': ' || checked.finding, '; ' order by checked.reference
    ) as findings
from checked
inner join {{ ref('printed_numbers') }} as printed_numbers using (specification_id, printed_item)
group by all
