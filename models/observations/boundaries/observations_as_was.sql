-- grain: city_id x year x indicator_id
-- status (SDMX): A normal, B break in the series, E corrected, I imputed, M cannot exist, O missing
with

reconciled_observations as (

    select * from {{ ref('reconciled_observations') }}

),

interpolated_observations as (

    select * from {{ ref('interpolated_observations') }}

),

city_roster as (

    select * from {{ ref('city_roster') }}

),

indicators as (

    select * from {{ ref('indicators') }}

)

select
    cells.city_id,
    cells.year,
    cells.indicator_id,
    reconciled_observations.value_reported,
    coalesce(reconciled_observations.value_corrected, interpolated_observations.value_interpolated)
        as value_used,
    case
        when interpolated_observations.value_interpolated is not null then 'I'
        when reconciled_observations.correction_id is not null
            then if(reconciled_observations.value_corrected is null, 'O', 'E')
        when reconciled_observations.value_corrected is not null and city_roster.boundary_break then 'B'
        when reconciled_observations.value_corrected is not null then 'A'
        when cells.year < indicators.first_year or cells.year > indicators.last_year then 'M'
        else 'O'
    end as status,
    case
        when interpolated_observations.method is not null then interpolated_observations.method
        when reconciled_observations.correction_id is not null then 'correction'
        when reconciled_observations.value_corrected is not null then 'as reported'
    end as method,
    coalesce(reconciled_observations.unit, indicators.unit) as unit,
    reconciled_observations.source_id,
    reconciled_observations.correction_id,
    reconciled_observations.value_printed
from {{ ref('possible_cells') }} as cells
left join reconciled_observations using (city_id, year, indicator_id)
left join interpolated_observations using (city_id, year, indicator_id)
left join indicators using (indicator_id)
left join city_roster using (city_id, year)
