-- grain: specification_id x test x variable, the sentences of a diagnostic without its verdict
with

verdicts as (

    select * from {{ ref('diagnostic_verdicts') }}

),

-- what the placeholders of the templates stand for
placeholders as (

    select
        *,
        json_merge_patch(coalesce(details, '{}'), json_object(
            'statistic', statistic, 'df', df, 'df_denominator', df_denominator, 'p_value', p_value,
            'variable', variable, 'draws', draws, 'seed', seed, 'threshold', threshold,
            'critical_value', critical_value,
            'intervals', array_to_string(list_transform(
                intervals,
                lambda x: format('[{:.4g}, {:.4g}]', coalesce(x[1], '-inf'::double), coalesce(x[2], 'inf'::double))
            ), ' ')
        )) as words
    from verdicts

)

select
    * exclude (
        template_en, template_zh, words, intervals, threshold, critical_value, verdict_rule, verdict_if, verdict_else
    ),
    {{ filled_from_json('template_en', 'words') }} as numbers_en,
    {{ filled_from_json('template_zh', 'words') }} as numbers_zh
from placeholders
