-- How many observations do the studies print or imply, and how many were fitted here?
select
    regressions.specification_id,
    regressions.n_expected,
    fit_statistics.n_obs,
    fit_statistics.n_obs - regressions.n_expected as difference,
    regressions.note
from {{ ref('regressions') }} as regressions
inner join {{ ref('fit_statistics') }} as fit_statistics using (specification_id)
where regressions.n_expected is not null
order by regressions.specification_id
