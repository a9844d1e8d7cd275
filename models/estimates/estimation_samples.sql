-- grain: specification_id x city_id x year, the rows a specification was fitted on
with

cities as (

    select
        specification_id,
        unnest(map_entries(cast(cast(sample_rows as json) as map (varchar, integer[]))), recursive := true)
    from {{ ref('regression_fits') }}

)

select
    specification_id,
    key as city_id,
    unnest(value) as year
from cities
