-- A component that no indicator model has would leave its index empty.
with

indices as (

    select * from {{ ref('indices') }}

),

component_values as (

    select * from {{ ref('component_values') }}

)

select index_id, component
from indices
where component not in (select component from component_values)
