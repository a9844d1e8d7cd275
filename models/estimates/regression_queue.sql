-- grain: specification_id, a row of specifications with controls and predicates spelt out, and whether it can run
-- depends_on: {{ ref('gate') }}
with

control_sets as (

    select control_set_id, control_set_id as set_found, variables as controls from {{ ref('control_sets') }}

),

samples as (

    select sample_id, sample_id as sample_found, predicate as sample_predicate from {{ ref('samples') }}

),

splits as (

    select sample_id as split, sample_id as split_found, predicate as split_predicate from {{ ref('samples') }}

),

index_samples as (

    select distinct index_id, index_sample || ' ' || first_year || '-' || last_year as index_sample
    from {{ ref('indices') }}

),

joined as (

    select
        * exclude (parent_id, study, exhibit, "column", role, n_expected, note, "position"),
        case
            when province_left_out is null then sample_predicate
            else format('({}{}) and province_zh <> ''{}''', sample_predicate, chr(10), province_left_out)
        end as predicate,
        case
            when sample_found is null then ['sample_is_unknown', sample_id]
            when control_set_id <> '' and set_found is null then ['control_set_is_unknown', control_set_id]
            when split <> '' and split_found is null then ['split_is_unknown', split]
            when leave_out not in ('', 'province') then ['leave_out_is_unknown', leave_out]
            when leave_out <> '' and estimator <> 'leave_one_out' then ['leave_out_needs_leave_one_out', estimator]
            when index_id <> '' and index_sample is null then ['index_is_unknown', index_id]
        end as failure
    from {{ ref('specifications') }}
    left join control_sets using (control_set_id)
    left join samples using (sample_id)
    left join splits using (split)
    left join index_samples using (index_id)

)

select
    joined.* exclude (failure, sample_found, set_found, split_found, sample_predicate, province_left_out),
    joined.failure is null as is_valid, joined.failure[1] as failure_id,
    replace(messages.text_en, '{value}', coalesce(joined.failure[2], '')) as failure_message,
    replace(messages.text_zh, '{value}', coalesce(joined.failure[2], '')) as failure_message_zh
from joined
left join {{ ref('messages') }} as messages on joined.failure[1] = messages.message_id
