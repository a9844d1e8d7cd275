-- grain: study x row_term, the name and the Chinese label of a row of coefficients
with

factors as (

    select distinct
        study, row_term,
        generate_subscripts(string_split(row_term, ':'), 1) as place,
        regexp_extract(unnest(string_split(row_term, ':')), '^L[0-9]*[.]') as lag_mark,
        regexp_replace(unnest(string_split(row_term, ':')), '^L[0-9]*[.]', '') as variable
    from {{ ref('column_terms') }}

),

-- the group of a difference is called as its sample, without the years of it
groups as (

    select
        sample_id,
        regexp_replace(label_en, ', *[0-9]{4}-[0-9]{4}$', '') as label_en,
        regexp_replace(label_zh, '，[0-9]{4}—[0-9]{4}年$', '') as label_zh
    from {{ ref('samples') }}

),

-- a lag keeps its mark, a product its factors
composed as (

    select
        factors.study,
        factors.row_term,
        string_agg(
            lag_mark || coalesce(study_variables.study_name, dictionary.label_en, groups.label_en, variable),
            ' x ' order by place
        ) as row_label,
        string_agg(
            coalesce(study_variables.label_zh, dictionary.label_zh, groups.label_zh, variable)
            || if(lag_mark <> '', '（滞后）', ''), ' x ' order by place
        ) as row_label_zh
    from factors
    left join {{ ref('study_variables') }} as study_variables using (study, variable)
    left join {{ ref('dictionary') }} as dictionary
        on factors.variable = dictionary.indicator_id and dictionary.kind <> 'key'
    left join groups on factors.variable = groups.sample_id
    group by factors.study, factors.row_term

)

-- a product that the study names keeps that name; the constant has no name in print
select
    composed.study,
    composed.row_term,
    case
        when composed.row_term = '_cons' then study_variables.label_en
        else coalesce(study_variables.study_name, composed.row_label)
    end as row_label,
    coalesce(study_variables.label_zh, composed.row_label_zh) as row_label_zh
from composed
left join {{ ref('study_variables') }} as study_variables
    on composed.study = study_variables.study and composed.row_term = study_variables.variable
