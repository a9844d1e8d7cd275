-- grain: specification_id x printed_item, the reason that somebody wrote down for a printed number, where there is one
select
    pairs.specification_id,
    pairs.printed_item,
    reasons.reason_code,
    reasons.explanation_en,
    reasons.explanation_zh
from {{ ref('printed_numbers') }} as pairs
inner join {{ ref('replication_reasons') }} as reasons
    on
        pairs.specification_id like reasons.specification_pattern
        and reasons.printed_item in (pairs.printed_item, '*')
-- the row that names the number comes before the row that names all numbers of a specification
qualify row_number() over (
    partition by pairs.specification_id, pairs.printed_item
    order by reasons.printed_item = '*', length(reasons.specification_pattern) desc
) = 1
