-- grain: specification_id of specification curves, what their slopes look like together
select
    specification_id,
    'specification_curve' as test,
    any_value(treatment) filter (where is_headline) as variable,
    median(estimate) as statistic,
    json_object(
        'rows', count(*),
        'share_positive', count(*) filter (where estimate > 0) / count(*),
        'share_significant', count(*) filter (where p_value < 0.05) / count(*),
        'share_positive_significant', count(*) filter (where estimate > 0 and p_value < 0.05) / count(*),
        'min', min(estimate), 'max', max(estimate),
        'headline', any_value(estimate) filter (where is_headline),
        'headline_rank', any_value(rank) filter (where is_headline)
    ) as details
from {{ ref('specification_curve') }}
where status = 'estimated'
group by specification_id
