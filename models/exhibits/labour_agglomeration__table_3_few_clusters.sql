-- grain: one row per reach and slope of study B, table 3: the default inference beside the two for few clusters
-- depends_on: {{ ref('results_gate') }}
with

inference as (

    select
        specification_id,
        term,
        any_value(estimate) as estimate,
        any_value(statistic) filter (where covariance = 'cluster_city') as clustered_t,
        any_value(p_value) filter (where covariance = 'cluster_city') as clustered_p,
        any_value(statistic) filter (where covariance = 'cr2') as cr2_t,
        any_value(df) filter (where covariance = 'cr2') as cr2_df,
        any_value(p_value) filter (where covariance = 'cr2') as cr2_p,
        -- the bootstrap has a p value and an interval, which may have no bound, and no standard error
        any_value(p_value) filter (where covariance = 'wild_cluster') as wild_p,
        any_value(conf_low) filter (where covariance = 'wild_cluster') as wild_low,
        any_value(conf_high) filter (where covariance = 'wild_cluster') as wild_high
    from {{ ref('estimates') }}
    where status = 'estimated' and term <> '_cons'
    group by specification_id, term

)

select
    slopes.table_column || ': ' || names.row_label as row_label,
    coalesce(words.word_zh, slopes.table_column) || '：' || names.row_label_zh as row_label_zh,
    format('{:,}', n_cities) as cities,
    format('{:.3f}', estimate) as estimate,
    coalesce(format('{:.3f}', clustered_t), '') as "clustered: t",
    coalesce(format('{:.3f}', clustered_p), '') as "clustered: p",
    coalesce(format('{:.3f}', cr2_t), '') as "CR2: t",
    coalesce(format('{:.1f}', cr2_df), '') as "CR2: df",
    coalesce(format('{:.3f}', cr2_p), '') as "CR2: p",
    coalesce(format('{:.3f}', wild_p), '') as "wild bootstrap: p",
    case
        when wild_p is not null
            then format(
                '[{}, {}]',
                coalesce(format('{:.3f}', wild_low), '-inf'), coalesce(format('{:.3f}', wild_high), 'inf')
            )
        else ''
    end as "wild bootstrap: 95 % interval",
    specification_id as specification
from inference
inner join {{ ref('column_terms') }} as slopes using (specification_id, term)
inner join {{ ref('term_rows') }} as names using (exhibit, row_term)
inner join {{ ref('fit_statistics') }} using (specification_id)
left join {{ ref('exhibit_words') }} as words on slopes.table_column = words.word_en
where slopes.exhibit = 'labour_agglomeration__table_3'
order by slopes.column_position, names.row_position
