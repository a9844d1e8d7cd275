-- grain: correction_id x city_id x year x row_number, printed numbers that belong to another cell: shift and move
select * from {{ ref('moved_numbers') }}
union all by name
select
    * exclude (steps, place), 'shift' as action, year as target_year, indicator_id as target_indicator_id
from {{ ref('shifted_rows') }}
