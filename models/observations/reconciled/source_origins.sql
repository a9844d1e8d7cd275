-- grain: source_id; which sources go back to one origin, and the order of use, which is decided here and nowhere else
-- common_origin links two sources, or a source and a name of its own; links are followed both ways and to the end.
with recursive

sources as (

    select * from {{ ref('sources') }}

),

links as (

    select source_id as one_id, trim(common_origin) as other_id from sources
    where trim(common_origin) <> ''
    union
    select trim(common_origin), source_id from sources
    where trim(common_origin) <> ''

),

reached (source_id, reached_id) as (

    select source_id, source_id as reached_id from sources
    union
    select reached.source_id, links.other_id
    from reached
    inner join links on reached.reached_id = links.one_id

),

origins as (

    select source_id, min(reached_id) as origin_id from reached
    group by source_id

),

editions as (

    select
        source_id,
        try_cast(precedence as integer) as precedence,
        list_distinct(regexp_extract_all(edition, '(19|20)[0-9]{2}')) as years,
        -- an edition of several years (2008-2024) is no vintage
        case when len(years) = 1 then years[1]::integer end as vintage_year,
        nullif(trim(publisher), '') as publisher
    from sources

)

select
    source_id,
    origins.origin_id,
    row_number() over (
        order by editions.precedence asc nulls last, editions.vintage_year desc nulls last, source_id asc
    ) as order_of_use,
    editions.vintage_year,
    editions.publisher
from editions
inner join origins using (source_id)
