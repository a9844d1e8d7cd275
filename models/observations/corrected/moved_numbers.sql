-- grain: correction_id x city_id x year x row_number, numbers that a move takes to another cell, a shift to other years
-- A number that a shift would take out of the years named has no target and is not used.
with

candidate_numbers as (

    select * from {{ ref('candidate_numbers') }}

),

printed_cities as (

    select * from {{ ref('printed_cities') }}

),

corrections as (

    select
        read_corrections.*,
        printed_cities.city_id,
        target.city_id as target_city_id
    from {{ ref('read_corrections') }} as read_corrections
    anti join {{ ref('unmet_witnesses') }} using (correction_id)
    left join printed_cities on city = printed_cities.city_printed and name_year = printed_cities.year
    left join printed_cities as target
        on target_city = target.city_printed and coalesce(target_year, name_year) = target.year
    where action = 'move' or (action = 'shift' and step_kind = 'year')

)

select
    corrections.correction_id, corrections.action, candidate_numbers.source_id,
    candidate_numbers.city_id, candidate_numbers.year, candidate_numbers.indicator_id,
    candidate_numbers.row_number,
    case
        when
            corrections.action = 'shift'
            and candidate_numbers.year + steps not between coalesce(first_year, 0) and coalesce(last_year, 9999)
            then null
        when target_city is null then candidate_numbers.city_id
        else corrections.target_city_id
    end as target_city_id,
    coalesce(target_year, candidate_numbers.year + coalesce(steps, 0)) as target_year,
    coalesce(corrections.target_indicator_id, candidate_numbers.indicator_id) as target_indicator_id
from corrections
inner join candidate_numbers
    on
        corrections.source_id = candidate_numbers.source_id
        and corrections.indicator_id = candidate_numbers.indicator_id
        and (corrections.city = '*' or corrections.city_id = candidate_numbers.city_id)
        and candidate_numbers.year between coalesce(first_year, 0) and coalesce(last_year, 9999)
        and (
            corrections.action = 'shift'
            or trim(corrections.value_expected) = trim(candidate_numbers.value_printed)
        )
