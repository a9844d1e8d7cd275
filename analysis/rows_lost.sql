-- Which rows does a regression lose on its way from the panel to the fit?
select specification_id, step_number, step, rows_in, rows_out, rows_in - rows_out as rows_lost, reason
from {{ ref('sample_flow') }}
where rows_in > rows_out or step = 'panel'
order by specification_id, step_number
