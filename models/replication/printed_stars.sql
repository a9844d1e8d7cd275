-- grain: specification_id x printed_item x reference, the stars that the printed cell may carry under one distribution
with

critical_values as (

    select * from {{ ref('critical_values') }}

),

printed_numbers as (

    select * from {{ ref('printed_numbers') }}
    where number_kind = 'coefficient'

),

implied as (

    select
        printed_numbers.specification_id,
        printed_numbers.printed_item,
        critical_values.reference,
        any_value(critical_values.df) as df,
        any_value(printed_numbers.stars) as stars,
        any_value(printed_numbers.abs_t_low) as abs_t_low,
        any_value(printed_numbers.abs_t_high) as abs_t_high,
        max(critical_values.critical_value) filter (where critical_values.level = 0.1) as critical_value_10_pct,
        count(*) filter (where printed_numbers.abs_t_low >= critical_values.critical_value) as stars_least,
        count(*) filter (where printed_numbers.abs_t_high >= critical_values.critical_value) as stars_most
    from printed_numbers
    inner join critical_values using (specification_id)
    group by printed_numbers.specification_id, printed_numbers.printed_item, critical_values.reference

)

select *, stars between stars_least and stars_most as fits from implied
