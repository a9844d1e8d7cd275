-- grain: as reported_observations; value_corrected is what the corrections register makes of value_reported
-- Several scales of a cell multiply; an override or a drop of the cell has the last word.
with

reported_observations as (

    select * from {{ ref('reported_observations') }}

),

matched_corrections as (

    select * from {{ ref('matched_corrections') }}
    where {{ var('use_corrections') }}

),

applied as (

    select
        source_id,
        city_id,
        year,
        indicator_id,
        row_number,
        string_agg(correction_id, ' + ' order by correction_id) as correction_id,
        bool_or(action = 'drop') as is_dropped,
        max(value_new) filter (where action = 'override') as value_override,
        product(value_new) filter (where action = 'scale') as factor
    from matched_corrections
    group by all

)

select
    reported_observations.*,
    applied.correction_id,
    case
        when applied.is_dropped then null
        else
            coalesce(
                applied.value_override, reported_observations.value_reported * coalesce(applied.factor, 1)
            )
    end as value_corrected
from reported_observations
left join applied
    on
        reported_observations.source_id = applied.source_id
        and reported_observations.city_id = applied.city_id
        and reported_observations.year = applied.year
        and reported_observations.indicator_id = applied.indicator_id
        and reported_observations.row_number is not distinct from applied.row_number
