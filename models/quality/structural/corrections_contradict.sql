-- grain: source_id x city_id x year x indicator_id, cells of which two rows of the register say different things
with

-- a scale of a whole column leaves room for a row about one of its cells
matched_corrections as (

    select matched.*, concat_ws(' ', matched.action, read_corrections.value_new) as said
    from {{ ref('matched_corrections') }} as matched
    left join {{ ref('read_corrections') }} as read_corrections using (correction_id)
    where matched.action <> 'scale' or read_corrections.city <> '*'

),

moves as (

    select *, concat_ws(' ', action, target_city_id, target_year, target_indicator_id) as said
    from {{ ref('relocated_numbers') }}
    where action = 'move'

),

contradictions as (

    select source_id, city_id, year, indicator_id, correction_id, value_new::varchar as number_given
    from matched_corrections
    where action = 'override'
    qualify count(distinct value_new) over (partition by source_id, city_id, year, indicator_id, row_number) > 1
    union
    -- a number that one row drops, and that another changes or takes to another cell
    select source_id, city_id, year, indicator_id, correction_id, said
    from (
        select source_id, city_id, year, indicator_id, row_number, correction_id, action, said from matched_corrections
        union all
        select source_id, city_id, year, indicator_id, row_number, correction_id, action, said from moves
    )
    qualify
        bool_or(action = 'drop') over (partition by source_id, city_id, year, indicator_id, row_number)
        and bool_or(action <> 'drop') over (partition by source_id, city_id, year, indicator_id, row_number)
    union
    select source_id, city_id, year, indicator_id, correction_id, number_given
    from {{ ref('contradicting_relocations') }}

)

select
    'error' as severity, source_id, city_id, year, indicator_id, 'corrections.csv' as file,
    'correction_id' as column_printed, string_agg(distinct correction_id, ', ' order by correction_id) as value,
    string_agg(number_given, ', ' order by number_given) as expected
from contradictions
group by source_id, city_id, year, indicator_id
