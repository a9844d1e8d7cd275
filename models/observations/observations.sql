-- grain: city_id x year x indicator_id
-- With the variable boundaries: constant, a unit that others became part of is carried on its boundaries of today, and
-- they have no cells of their own before; by default every unit is as it was.
with

observations_as_was as (

    select * from {{ ref('observations_as_was') }}

),

summed_observations as (

    select * from {{ ref('summed_observations') }}

),

merged_units as (

    select * from {{ ref('merged_units') }}
    where '{{ var("boundaries") }}' = 'constant'

)

select observations_as_was.*
from observations_as_was
anti join merged_units
    on observations_as_was.city_id = merged_units.city_id and observations_as_was.year < merged_units.before_year
union all by name
select * from summed_observations
