-- grain: correction_id x witness, expectations of the register that the source does not meet (any more)
with

candidate_numbers as (

    select * from {{ ref('candidate_numbers') }}

),

printed_cities as (

    select * from {{ ref('printed_cities') }}

)

select witnesses.*
from {{ ref('correction_witnesses') }} as witnesses
left join printed_cities using (city_printed, year)
anti join candidate_numbers
    on
        witnesses.source_id = candidate_numbers.source_id
        and witnesses.indicator_id = candidate_numbers.indicator_id
        and printed_cities.city_id = candidate_numbers.city_id
        and witnesses.year = candidate_numbers.year
        and witnesses.text_expected = trim(candidate_numbers.value_printed)
