-- grain: source_id x city_id x year x indicator_id x row_number, what the drop, override and scale rows say of a cell
select
    source_id,
    city_id,
    year,
    indicator_id,
    row_number,
    string_agg(correction_id, ' + ' order by correction_id) as correction_id,
    bool_or(action = 'drop') as is_dropped,
    max(value_new) filter (where action = 'override') as value_override,
    coalesce(product(value_new) filter (where action = 'scale'), 1) as factor_corrected
from {{ ref('matched_corrections') }}
where {{ var('use_corrections') }}
group by all
