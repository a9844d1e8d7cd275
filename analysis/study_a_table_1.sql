-- summary 1: How does digital infrastructure go with the flow of labour (study A, table 1)?
select * from {{ ref('digital_labour_flow__table_1') }}
