-- Where does a number come from? What was printed, by whom, what was used, and why (the last two lines choose).
select
    observations.city_id,
    observations.year,
    observations.indicator_id,
    observations.value_printed,
    observations.value_reported,
    observations.value_used,
    observations.unit,
    observations.status,
    observations.method,
    sources.name_en as source,
    sources.kind as data_kind,
    observations.correction_id
from {{ ref('observations') }} as observations
left join {{ ref('sources') }} as sources using (source_id)
where observations.city_id = 'jiangsu_suzhou' and observations.indicator_id = 'gdp_100m_yuan'
order by observations.year
