-- grain: city_id x year x indicator_id x place, every cell with its candidates in the order of use (none: one row)
with

used as (

    select * from {{ ref('observations') }}
    union all by name
    select * from {{ ref('extra_observations') }}

),

numbers as (

    select * from {{ ref('corrected_observations') }}
    union all by name
    select *, value_reported as value_in_unit, value_reported as value_corrected from {{ ref('uncontested_numbers') }}

),

candidates as (

    select
        numbers.*,
        source_origins.origin_id,
        row_number() over (
            partition by city_id, year, indicator_id order by
                value_corrected is null, source_origins.order_of_use, source_id, row_number, file, sheet, cell
        ) as place
    from numbers
    left join {{ ref('source_origins') }} as source_origins using (source_id)

),

agreements as (

    select
        city_id, year, indicator_id, agreement,
        unnest([source_id, other_source_id]) as source_id, unnest([other_source_id, source_id]) as other_source_id
    from {{ ref('candidate_pairs') }}

)

select
    used.city_id, used.year, used.indicator_id, used.value_used, used.status, used.method, used.unit,
    coalesce(candidates.place = 1 and candidates.value_corrected is not null, false) as is_used,
    coalesce(candidates.place, 1) as place, candidates.source_id, candidates.origin_id, candidates.file,
    candidates.sheet, candidates.cell, candidates.row_number,
    coalesce(candidates.header_in_workbook, candidates.printed_header) as printed_header,
    coalesce(candidates.city_in_workbook, candidates.city_printed) as city_printed, candidates.value_printed,
    candidates.unit_printed, candidates.factor, candidates.year_origin, candidates.year_evidence,
    candidates.value_reported, candidates.value_in_unit, candidates.correction_id, candidates.moved_from,
    candidates.value_corrected, agreements.agreement
from used
left join candidates using (city_id, year, indicator_id)
left join agreements
    on
        used.city_id = agreements.city_id and used.year = agreements.year
        and used.indicator_id = agreements.indicator_id and used.source_id = agreements.source_id
        and candidates.source_id = agreements.other_source_id
