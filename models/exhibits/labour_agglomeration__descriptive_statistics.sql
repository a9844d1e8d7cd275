-- grain: one row per variable of study B
select
    row_label, row_label_zh, n_obs, mean, sd, "min", p25, median, p75, "max"
from {{ ref('descriptive_statistics') }}
where exhibit = 'labour_agglomeration__descriptive_statistics'
order by row_position
