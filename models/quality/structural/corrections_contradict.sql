-- grain: source_id x city_id x year x indicator_id, cells that two rows of the register give different numbers
with

located_numbers as (

    select * from {{ ref('located_numbers') }}

),

relocated_numbers as (

    select * from {{ ref('relocated_numbers') }}

),

contradictions as (

    select source_id, city_id, year, indicator_id, correction_id, value_new::varchar as number_given
    from {{ ref('matched_corrections') }}
    where action = 'override'
    qualify count(distinct value_new) over (partition by source_id, city_id, year, indicator_id, row_number) > 1
    union
    -- two numbers brought into one cell
    select source_id, target_city_id, target_year, target_indicator_id, correction_id, city_id || ' ' || year
    from relocated_numbers
    where target_city_id is not null
    qualify count(*) over (partition by source_id, target_city_id, target_year, target_indicator_id) > 1
    union
    -- one number taken to two cells
    select source_id, city_id, year, indicator_id, correction_id, target_city_id || ' ' || target_year
    from relocated_numbers
    qualify count(*) over (partition by source_id, city_id, year, indicator_id, row_number) > 1
    union
    -- a number brought into a cell whose own number nobody takes away
    select
        source_id, standing.city_id, standing.year, standing.indicator_id, relocated_numbers.correction_id,
        standing.value_printed
    from relocated_numbers
    inner join located_numbers as standing using (source_id)
    where
        relocated_numbers.target_city_id = standing.city_id and relocated_numbers.target_year = standing.year
        and relocated_numbers.target_indicator_id = standing.indicator_id
        and not standing.is_relocated and not standing.is_dropped and standing.value_override is null
        and standing.value_reported is not null

)

select
    'error' as severity, source_id, city_id, year, indicator_id, 'corrections.csv' as file,
    'correction_id' as column_printed, string_agg(distinct correction_id, ', ' order by correction_id) as value,
    string_agg(number_given, ', ' order by number_given) as expected
from contradictions
group by source_id, city_id, year, indicator_id
