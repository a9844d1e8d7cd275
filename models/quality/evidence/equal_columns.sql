-- grain: source_id x indicator_id x other_indicator_id x city_id x year, columns that a city fills alike in some
--   years and not in others
-- Columns of the dictionary: one that a vendor derived from another may well equal it. jump: the change against the
-- year before beyond the nation's, of the column and of the other.
with

equal_years as (

    select
        own.source_id,
        own.indicator_id,
        other.indicator_id as other_indicator_id,
        own.city_id,
        count(*) as equal_years
    from {{ ref('compared_numbers') }} as own
    inner join {{ ref('compared_numbers') }} as other using (source_id, city_id, year, value)
    inner join {{ ref('indicators') }} as own_meaning on own.indicator_id = own_meaning.indicator_id
    inner join {{ ref('indicators') }} as other_meaning on other.indicator_id = other_meaning.indicator_id
    where own.indicator_id <> other.indicator_id and own.digits >= 4
    group by all
    having count(*) > 1

),

changes as (

    select source_id, indicator_id, city_id, year, value, change - national_change as jump
    from {{ ref('yearly_changes') }}
    inner join {{ ref('common_movements') }} using (source_id, indicator_id, province_zh, year)

)

select
    equal_years.*,
    own.year,
    own.jump,
    other.jump as other_jump,
    own.value = other.value as is_equal,
    (own.value = other.value) <> lag(own.value = other.value) over along_time as is_turn,
    count(*) over (
        partition by equal_years.source_id, equal_years.indicator_id, other_indicator_id, equal_years.city_id
    ) as years
from equal_years
inner join changes as own using (source_id, indicator_id, city_id)
inner join changes as other
    on
        equal_years.source_id = other.source_id
        and equal_years.other_indicator_id = other.indicator_id
        and equal_years.city_id = other.city_id
        and own.year = other.year
window along_time as (
    partition by equal_years.source_id, equal_years.indicator_id, other_indicator_id, equal_years.city_id
    order by own.year
)
