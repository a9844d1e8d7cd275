-- grain: specification_id, a row of regressions.csv with controls and predicate spelt out, and whether it can run
-- depends_on: {{ ref('gate') }}
with

regressions as (

    select * from {{ ref('regressions') }}

),

control_sets as (

    select * from {{ ref('control_sets') }}

),

samples as (

    select * from {{ ref('samples') }}

),

index_samples as (

    select distinct index_id, index_sample || ' ' || first_year || '-' || last_year as index_sample
    from {{ ref('indices') }}

),

joined as (

    select
        regressions.* exclude (parent_id, study, exhibit, "column", role, n_expected, note),
        control_sets.variables as controls,
        samples.predicate,
        index_samples.index_sample,
        case
            when samples.sample_id is null then 'sample_is_unknown'
            when
                nullif(regressions.control_set_id, '') is not null and control_sets.control_set_id is null
                then 'control_set_is_unknown'
        end as failure_id,
        case
            when samples.sample_id is null then regressions.sample_id
            else regressions.control_set_id
        end as failure_value
    from regressions
    left join control_sets using (control_set_id)
    left join samples using (sample_id)
    left join index_samples using (index_id)

)

select
    joined.* exclude (failure_value),
    joined.failure_id is null as is_valid,
    replace(messages.text_en, '{value}', coalesce(joined.failure_value, '')) as failure_message,
    replace(messages.text_zh, '{value}', coalesce(joined.failure_value, '')) as failure_message_zh
from joined
left join {{ ref('messages') }} as messages on joined.failure_id = messages.message_id
