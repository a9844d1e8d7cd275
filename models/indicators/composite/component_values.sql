-- grain: city_id x year x component, missing values kept; every number that a composite index may be made of
-- A theme whose columns a row of seeds/specifications/indices.csv needs is added here.
{%- set long = 'unpivot include nulls (value for component in (columns(* exclude (city_id, year))))' %}

select * from {{ ref('network_access') }} {{ long }}
union all
select * from {{ ref('employment_structure') }} {{ long }}
union all
select * from {{ ref('population_and_migration') }} {{ long }}
union all
select * from {{ ref('output_and_structure') }} {{ long }}
union all
select * from {{ ref('agglomeration') }} {{ long }}
union all
select * from {{ ref('finance_and_government') }} {{ long }}
union all
select * from {{ ref('openness') }} {{ long }}
union all
select * from {{ ref('innovation_and_entrepreneurship') }} {{ long }}
