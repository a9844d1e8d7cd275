-- grain: specification_id x treatment x controls x effects x years x winsor x covariance, one slope each
select
    specification_id::varchar as specification_id,
    treatment::varchar as treatment,
    controls::varchar as controls,
    n_controls::bigint as n_controls,
    replace(replace(effects::varchar, 'entity', 'city'), 'time', 'year') as effects,
    years::varchar as years,
    winsor::varchar as winsor,
    covariance::varchar as covariance,
    estimate::double as estimate,
    std_error::double as std_error,
    statistic::double as statistic,
    df::double as df,
    p_value::double as p_value,
    conf_low::double as conf_low,
    conf_high::double as conf_high,
    n_obs::bigint as n_obs,
    n_cities::bigint as n_cities,
    case
        when status = 'estimated' then row_number() over (
            partition by specification_id, status = 'estimated'
            order by estimate, treatment, controls, effects, years, winsor, covariance
        )
    end as rank,
    is_headline::boolean as is_headline,
    status::varchar as status,
    status_reason::varchar as status_reason,
    status_reason_zh::varchar as status_reason_zh
from {{ ref('curve_fits') }}
