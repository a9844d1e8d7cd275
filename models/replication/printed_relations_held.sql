-- grain: relation_id x reference, a relation between printed numbers under one reading of the text, inside rounding
with

printed_numbers as (

    select * from {{ ref('printed_numbers') }}

),

printed_relations as (

    select * from {{ ref('printed_relations') }}

),

sides as (

    select
        printed_relations.*,
        own.published + coalesce(addend.published, 0) as left_value,
        coalesce(cast(printed_relations.other_value as double), other.published) as right_value,
        -- counts are exact; a share may be off by half a unit of its last digit on either side
        case when printed_relations.statistic = 'n_obs' then 0 else own.last_digit end as slack
    from printed_relations
    inner join printed_numbers as own
        on
            printed_relations.specification_id = own.specification_id
            and printed_relations.statistic = own.printed_item
    left join printed_numbers as addend
        on
            printed_relations.other_addends = addend.specification_id
            and printed_relations.statistic = addend.printed_item
    left join printed_numbers as other
        on
            printed_relations.other_specification_id = other.specification_id
            and printed_relations.statistic = other.printed_item

)

select
    relation_id, audit_check, specification_id, statistic as printed_item, reference, reason, comparison,
    left_value, right_value,
    case comparison
        when 'equal' then abs(left_value - right_value) <= slack
        when 'at_least' then left_value >= right_value - slack - 1e-9
        when 'at_most' then left_value <= right_value + slack + 1e-9
        when 'any' then true
    end as fits
from sides
