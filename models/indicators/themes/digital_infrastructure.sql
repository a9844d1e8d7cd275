-- grain: city_id x year; access to networks, and the composite index "digital" of study A with its variants
with

network_access as (

    select * from {{ ref('network_access') }}

),

composite_indices as (

    select * from {{ ref('composite_indices') }}

),

indices as (

    select
        city_id,
        year,
        max(value) filter (where index_id = 'digital_infrastructure_index') as digital_infrastructure_index,
        max(value) filter (where index_id = 'digital_infrastructure_shift_1e4_index')
            as digital_infrastructure_shift_1e4_index,
        max(value) filter (where index_id = 'digital_infrastructure_shift_1e2_index')
            as digital_infrastructure_shift_1e2_index,
        max(value) filter (where index_id = 'digital_infrastructure_by_year_index')
            as digital_infrastructure_by_year_index,
        max(value) filter (where index_id = 'digital_infrastructure_equal_weight_index')
            as digital_infrastructure_equal_weight_index,
        max(value) filter (where index_id = 'digital_infrastructure_principal_component_index')
            as digital_infrastructure_principal_component_index,
        max(value) filter (where index_id = 'digital_infrastructure_critic_index')
            as digital_infrastructure_critic_index,
        max(value) filter (where index_id = 'digital_infrastructure_without_mobile_index')
            as digital_infrastructure_without_mobile_index,
        max(value) filter (where index_id = 'digital_infrastructure_hukou_index')
            as digital_infrastructure_hukou_index,
        bool_or(is_out_of_sample) filter (where index_id = 'digital_infrastructure_index')
            as digital_infrastructure_out_of_sample
    from composite_indices
    group by city_id, year

)

select *
from network_access
left join indices using (city_id, year)
