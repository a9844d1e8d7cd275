-- grain: source_id x indicator_id x city_id x year, cities of a province, or of the nation, at another level for some
--   years
-- Another definition, or another column, for all of them: eleven cities do not lose nine tenths together by chance. A
-- step of the whole nation that stays, or of a province in a column that moves as far in single cities every year, may
-- be what happened: worth knowing, not worth a warning.
with

changes as (

    select * from {{ ref('yearly_changes') }}
    where is_positive

),

explained as (

    select source_id, indicator_id, city_id, year from {{ ref('column_in_another_unit') }}
    union
    select source_id, indicator_id, city_id, year from {{ ref('year_is_repeated') }}

)

select
    numbers.source_id,
    numbers.indicator_id,
    numbers.city_id,
    numbers.year,
    if(
        bool_or(areas.is_back or (areas.area <> '全国' and abs(areas.gap) > 5 * areas.typical)), 'warn', 'info'
    ) as severity,
    exp(first(numbers.level - if(areas.side = 'before', -areas.gap, areas.gap) order by areas.area)) as expected,
    string_agg(
        areas.area || format(' {:+.0f} %', 100 * (exp(if(areas.side = 'before', -areas.gap, areas.gap)) - 1)) || ' '
        || areas.year_from || '–' || areas.year_to || ', n = ' || areas.cities, '; ' order by areas.area
    ) as evidence,
    'drop' as action,
    min(areas.area || ' ' || areas.year_from) as event
from {{ ref('stepped_areas') }} as areas
inner join changes as turns
    on
        areas.source_id = turns.source_id
        and areas.indicator_id = turns.indicator_id
        and areas.area in (turns.province_zh, '全国')
        and areas.turn_year = turns.year
        -- the cities that take part in the step
        and abs(turns.change - areas.usual - areas.gap) < abs(areas.gap) / 2
inner join changes as numbers
    on
        turns.source_id = numbers.source_id
        and turns.indicator_id = numbers.indicator_id
        and turns.city_id = numbers.city_id
        and numbers.year between areas.year_from and areas.year_to
anti join explained
    on
        numbers.source_id = explained.source_id
        and numbers.indicator_id = explained.indicator_id
        and numbers.city_id = explained.city_id
        and numbers.year = explained.year
group by all
