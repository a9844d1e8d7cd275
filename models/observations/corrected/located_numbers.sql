-- grain: as candidate_numbers, with what the register says of the cell and where the number belongs
with

relocated_numbers as (

    select * from {{ ref('relocated_numbers') }}
    where {{ var('use_corrections') }}

),

cell_corrections as (

    select * from {{ ref('cell_corrections') }}

)

select
    candidate_numbers.*,
    coalesce(cell_corrections.is_dropped, false) as is_dropped,
    cell_corrections.value_override,
    relocated_numbers.correction_id is not null as is_relocated,
    relocated_numbers.target_city_id,
    relocated_numbers.target_year,
    relocated_numbers.target_indicator_id,
    nullif(concat_ws(' + ', relocated_numbers.correction_id, cell_corrections.correction_id), '')
        as correction_id,
    value_reported * coalesce(cell_corrections.factor_corrected, 1) as value_in_unit
from {{ ref('candidate_numbers') }} as candidate_numbers
{% for register in ['cell_corrections', 'relocated_numbers'] %}
left join {{ register }}
    on
        candidate_numbers.source_id = {{ register }}.source_id
        and candidate_numbers.city_id = {{ register }}.city_id
        and candidate_numbers.year = {{ register }}.year
        and candidate_numbers.indicator_id = {{ register }}.indicator_id
        and candidate_numbers.row_number is not distinct from {{ register }}.row_number
{% endfor %}
