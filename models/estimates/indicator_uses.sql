-- grain: input x indicator_id x specification_id, which columns and specifications stand on a printed indicator
-- specification_id is NULL where no specification uses the column.
with

uses as (

    select distinct variable, specification_id from {{ ref('specification_variables') }}

)

select
    indicator_inputs.input,
    indicator_inputs.indicator_id,
    uses.specification_id
from {{ ref('indicator_inputs') }} as indicator_inputs
left join uses on indicator_inputs.indicator_id = uses.variable
