-- grain: city_id x unit_id x before_year: before that year-end city_id is a part of what is unit_id today
-- Only whole units that became part of one other (kind merger) can be summed; the receiver is a part of itself.
with recursive

mergers as (

    select city_id, other_city_id, year from {{ ref('boundary_changes') }}
    where is_summable

),

carried (city_id, unit_id, before_year) as (

    select city_id, other_city_id, year from mergers
    union
    select carried.city_id, mergers.other_city_id, carried.before_year
    from carried
    inner join mergers on carried.unit_id = mergers.city_id and carried.before_year <= mergers.year

),

lasting as (

    select * from carried
    anti join mergers on carried.unit_id = mergers.city_id

)

select city_id, unit_id, before_year from lasting
union
select unit_id as city_id, unit_id, max(before_year) as before_year from lasting
group by lasting.unit_id
