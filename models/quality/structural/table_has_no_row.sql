-- grain: file, tables of the folder that are a header alone: legal, and their indicators are absent
with

indicators as (

    select * from {{ ref('indicators') }}

),

row_counts as (

    {% for table in var('yearbook_tables') %}
    {{ 'union all' if not loop.first }}
    select '{{ table }}' as source_table, count(*) as printed_rows from {{ ref(table) }}
    {% endfor %}

)

select
    'info' as severity, source_table || '.csv' as file, 1 as row_number,
    string_agg(printed_header, ', ' order by printed_header) as column_printed, '0' as value
from row_counts
inner join indicators using (source_table)
where printed_rows = 0
group by source_table
