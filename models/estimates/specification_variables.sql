-- grain: specification_id x variable x lag, the panel columns that a specification uses
with

regression_queue as (

    select * from {{ ref('regression_queue') }}

),

terms as (

    select
        specification_id,
        unnest(string_split(concat_ws('+', outcome, regressors, controls, endogenous, instruments), '+'))
            as term
    from regression_queue

),

factors as (

    select specification_id, trim(unnest(string_split(term, ':'))) as factor from terms

)

select distinct
    specification_id,
    regexp_replace(factor, '^L[0-9]*[.]', '') as variable,
    case
        when regexp_matches(factor, '^L[.]') then 1
        else coalesce(try_cast(regexp_extract(factor, '^L([0-9]+)[.]', 1) as integer), 0)
    end as lag
from factors
where factor <> ''
