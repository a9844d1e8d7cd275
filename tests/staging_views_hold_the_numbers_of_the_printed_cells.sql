-- A staging view names every column of its table as the dictionary does, and reads the same numbers from it.
with

numbers_of_views as (

    {% for table in var('yearbook_tables') %}
    select '{{ table }}' as source_table, row_number, indicator_id, value
    from (
        unpivot {{ ref('stg_yearbook__' ~ table) }}
        on columns(* exclude (row_number, year, city_printed, source_id))
        into name indicator_id value value
    )
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

numbers_of_cells as (

    select cells.source_table, cells.row_number, indicators.indicator_id, cells.value
    from {{ ref('stg_yearbook__printed_cells') }} as cells
    inner join {{ ref('indicators') }} as indicators using (source_table, printed_header)
    where cells.value is not null

)

(
    select * from numbers_of_views
    except
    select * from numbers_of_cells
)
union all
(
    select * from numbers_of_cells
    except
    select * from numbers_of_views
)
