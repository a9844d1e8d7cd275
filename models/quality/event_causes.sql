-- grain: event_id, the event that is the cause of an event, or that event itself
-- What several checks tell of a cell has one cause: that of the surest check, in the order of analytical_checks. It is
-- an event's cause if it is that of most of its cells: a province at another level is not one city's misprint. Rows
-- displaced by as many places in several columns of one page were displaced together.
with recursive

findings as (

    select
        *,
        list_position({{ var('analytical_checks') }}, finding_check) as rank,
        -- a province's row has no city, and nothing but its own event
        coalesce(city_id, event_id) as unit,
        case when finding_check = 'rows_are_displaced' then regexp_extract(event, '[+-][0-9]+$') end as places
    from {{ ref('directed_findings') }}

),

surest as (

    select
        event_id,
        if(places is null, arg_min(event_id, rank) over same_cell, min(event_id) over same_page) as cause_event_id
    from findings
    window
        same_cell as (partition by source_id, indicator_id, unit, year),
        same_page as (partition by source_id, province_zh, year, places)

),

links as (

    select
        event_id,
        -- of two in halves neither is
        coalesce(any_value(cause_event_id) filter (where 2 * covered > cells), event_id) as cause_event_id
    from (
        select *, count(*) as covered, sum(count(*)) over (partition by event_id) as cells
        from surest
        group by event_id, cause_event_id
    )
    group by event_id

),

causes (event_id, cause_event_id) as (

    select event_id, cause_event_id from links
    union
    select causes.event_id, links.cause_event_id
    from causes
    inner join links on causes.cause_event_id = links.event_id

)

-- each link leads to a surer check or to an earlier name: they end at an event that is its own cause
select causes.event_id, causes.cause_event_id
from causes
inner join links on causes.cause_event_id = links.event_id and links.event_id = links.cause_event_id
