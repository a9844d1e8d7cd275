-- grain: indicator_id, extras that several sources print or that the corrections register names
-- Their numbers are corrected and reconciled like those of the dictionary; of any other extra there is one number for
-- each city and year, and nothing to settle.
with

extra_indicators as (

    select * from {{ ref('extra_indicators') }}

),

named as (

    select indicator_id from {{ ref('read_corrections') }}
    union
    select target_indicator_id from {{ ref('read_corrections') }}

)

select indicator_id from extra_indicators
group by indicator_id
having min(source_id) <> max(source_id) or indicator_id in (select named.indicator_id from named)
