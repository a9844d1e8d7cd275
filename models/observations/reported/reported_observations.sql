-- grain: city_id x year x indicator_id x source_id x row_number (a row printed twice is kept twice)
select * from {{ ref('candidate_numbers') }}
union all by name
select * from {{ ref('uncontested_numbers') }}
