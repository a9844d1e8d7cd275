-- grain: event_id, the events that moved territory, and whether numbers can be carried over them
-- A merger gives a whole unit to another: the numbers of both sum to the unit of today. A split or a move of
-- counties needs numbers below the prefecture level: its year stays a break.
with

city_events as (

    select * from {{ ref('city_events') }}
    where affects_levels

),

messages as (

    select * from {{ ref('messages') }}

)

select
    city_events.event_id,
    city_events.year,
    city_events.kind,
    city_events.city_id,
    city_events.other_city_id,
    city_events.kind = 'merger' as is_summable,
    city_events.kind = 'merger' and '{{ var("boundaries") }}' = 'constant' as is_undone,
    messages.text_en as reason_en,
    messages.text_zh as reason_zh,
    city_events.description_en,
    city_events.description_zh
from city_events
left join messages on 'boundary_' || city_events.kind = messages.message_id
