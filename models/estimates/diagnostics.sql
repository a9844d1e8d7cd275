-- grain: specification_id x test x variable (NULL: a joint test), with a verdict and a sentence in both languages
with

notes as (

    select * from {{ ref('diagnostic_notes') }}

),

words as (

    select * from {{ ref('diagnostic_words') }}

),

flagged as (

    select distinct notes.specification_id, notes.test, words.*
    from notes
    cross join words
    where words.kind = 'flag' and list_contains([string_split(flag, ':')[1] for flag in notes.flags], words.word)

),

flags as (

    select
        specification_id,
        test,
        string_agg(meaning_en, ' ' order by word) as flags_en,
        string_agg(meaning_zh, '' order by word) as flags_zh
    from flagged
    group by specification_id, test

)

select
    notes.specification_id, notes.test, notes.variable, notes.statistic, notes.df, notes.df_denominator, notes.p_value,
    notes.critical_values, notes.verdict,
    case
        when notes.reason is null then concat_ws(' ', notes.numbers_en, verdicts.meaning_en, flags.flags_en)
        else coalesce(reasons.meaning_en, notes.reason)
    end as note_en,
    case
        when notes.reason is null then concat(notes.numbers_zh, verdicts.meaning_zh, flags.flags_zh)
        else coalesce(reasons.meaning_zh, notes.reason)
    end as note_zh,
    notes.reason,
    to_json(coalesce(notes.flags, [])) as flags,
    notes.draws, notes.seed, notes.details
from notes
left join words as verdicts on notes.verdict = verdicts.word and verdicts.kind = 'verdict'
left join words as reasons on notes.reason = reasons.word and reasons.kind = 'reason'
left join flags using (specification_id, test)
