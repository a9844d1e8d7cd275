-- grain: correction_id x city_id x row_number, numbers that a shift by n rows moves down (n > 0) or up inside a block
-- The block: the rows from the first to the last city named, of one source, table and year, in the order of the
-- file, else of the administrative code. A number that would leave the block has no target and is not used.
with

corrections as (

    select read_corrections.*, coalesce(indicators.source_table, indicator_id) as source_table
    from {{ ref('read_corrections') }} as read_corrections
    anti join {{ ref('unmet_witnesses') }} using (correction_id)
    left join {{ ref('indicators') }} as indicators using (indicator_id)
    where action = 'shift' and step_kind = 'row'

),

printed_rows as (

    select distinct
        candidate_numbers.source_id, candidate_numbers.year, city_id, row_number, cities.code,
        coalesce(indicators.source_table, indicator_id) as source_table
    from {{ ref('candidate_numbers') }} as candidate_numbers
    left join {{ ref('indicators') }} as indicators using (indicator_id)
    inner join {{ ref('cities') }} as cities using (city_id)
    where year in (select corrections.first_year from corrections)

),

placed as (

    select
        corrections.correction_id, corrections.indicator_id, steps, printed_rows.* exclude (source_table, code),
        row_number() over (partition by correction_id order by row_number nulls last, code) as place,
        printed_rows.city_id = first_named.city_id as is_first,
        printed_rows.city_id = last_named.city_id as is_last
    from corrections
    inner join printed_rows
        on
            corrections.source_id = printed_rows.source_id
            and corrections.source_table = printed_rows.source_table
            and corrections.first_year = printed_rows.year
    left join {{ ref('printed_cities') }} as first_named
        on first_city = first_named.city_printed and name_year = first_named.year
    left join {{ ref('printed_cities') }} as last_named
        on last_city = last_named.city_printed and name_year = last_named.year

),

block as (

    select * from placed
    qualify
        place between min(place) filter (where is_first) over (partition by correction_id)
        and max(place) filter (where is_last) over (partition by correction_id)

)

select block.* exclude (is_first, is_last), target.city_id as target_city_id
from block
left join block as target
    on block.correction_id = target.correction_id and block.place + block.steps = target.place
