-- grain: source_table x row_number x printed_header, every printed cell that is not blank, text as printed
{% for table in var('yearbook_tables') %}
select
    '{{ table }}' as source_table,
    '{{ table }}.csv' as file,
    row_number,
    "年份" as year_printed,
    {{ printed_year('年份') }} as year,
    "城市" as city_printed,
    "来源" as source_id,
    printed_header,
    value_printed,
    {{ number('value_printed') }} as value
from (
    unpivot (select rowid + 2 as row_number, columns(*)::varchar from {{ ref(table) }})
    on columns(* exclude (row_number, "年份", "城市", "来源"))
    into name printed_header value value_printed
)
{{ 'union all' if not loop.last }}
{% endfor %}
