-- grain: source_table x row_number x indicator_id, the numbers of the staging views, unpivoted
{% for table in var('yearbook_tables') %}
select
    '{{ table }}' as source_table,
    row_number,
    year,
    city_printed,
    source_id,
    indicator_id,
    value
from (
    unpivot {{ ref('stg_yearbook__' ~ table) }}
    on columns(* exclude (row_number, year, city_printed, source_id))
    into name indicator_id value value
)
{{ 'union all' if not loop.last }}
{% endfor %}
