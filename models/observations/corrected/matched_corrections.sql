-- grain: correction_id x city_id x row_number, the cells that drop, override and scale rows of the register find
-- A correction of one cell names the printed text it expects; where the source prints another it finds nothing. A
-- row about a whole column may name witnesses instead.
with

candidate_numbers as (

    select * from {{ ref('candidate_numbers') }}

),

printed_cities as (

    select * from {{ ref('printed_cities') }}

),

corrections as (

    select * from {{ ref('read_corrections') }}
    anti join {{ ref('unmet_witnesses') }} using (correction_id)
    where action in ('drop', 'override', 'scale')

)

select
    corrections.correction_id,
    corrections.action,
    corrections.number_new as value_new,
    candidate_numbers.source_id,
    candidate_numbers.city_id,
    candidate_numbers.year,
    candidate_numbers.indicator_id,
    candidate_numbers.row_number
from corrections
left join printed_cities
    on corrections.city = printed_cities.city_printed and corrections.first_year = printed_cities.year
inner join candidate_numbers
    on
        corrections.source_id = candidate_numbers.source_id
        and corrections.indicator_id = candidate_numbers.indicator_id
        and corrections.first_year = candidate_numbers.year
        and (corrections.city = '*' or printed_cities.city_id = candidate_numbers.city_id)
        and (
            nullif(corrections.value_expected, '') is null
            or trim(corrections.value_expected) = trim(candidate_numbers.value_printed)
            or (corrections.city = '*' and contains(corrections.value_expected, '='))
        )
