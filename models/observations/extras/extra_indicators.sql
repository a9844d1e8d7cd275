-- grain: indicator_id x unit x source_id, what imports hold beyond the dictionary, under its printed name
-- The numbers are in extra_observations under the same indicator_id.
with

imported_cells as (

    select * from {{ ref('stg_yearbook__imported_cells') }}
    where is_candidate and nullif(indicator_id, '') is null

)

select
    indicator_printed as indicator_id,
    unit_printed as unit,
    source_id,
    string_agg(distinct nullif(scope, ''), ', ' order by nullif(scope, '')) as scope,
    count(value) as numbers,
    count(distinct city_id) as cities,
    min(year) as first_year,
    max(year) as last_year,
    min(value) as minimum,
    max(value) as maximum
from imported_cells
group by all
