-- grain: specification_id of rows that leave out one province at a time, the range of their first slope
with

provinces as (

    select distinct province_zh, province_en from {{ ref('cities') }}

),

slopes as (

    select
        specifications.parent_id,
        specifications.province_left_out,
        provinces.province_en,
        estimates.term,
        estimates.estimate
    from {{ ref('specifications') }} as specifications
    inner join {{ ref('estimates') }} as estimates using (specification_id)
    inner join provinces on specifications.province_left_out = provinces.province_zh
    where estimates.is_headline and estimates.term = trim(string_split(specifications.regressors, '+')[1])

)

select
    slopes.parent_id as specification_id,
    'leave_one_out_range' as test,
    slopes.term as variable,
    max(slopes.estimate) - min(slopes.estimate) as statistic,
    json_object(
        'all', any_value(whole.estimate), 'provinces', count(*),
        'min', min(slopes.estimate), 'max', max(slopes.estimate),
        'min_without', arg_min(slopes.province_en, slopes.estimate),
        'max_without', arg_max(slopes.province_en, slopes.estimate),
        'min_without_zh', arg_min(slopes.province_left_out, slopes.estimate),
        'max_without_zh', arg_max(slopes.province_left_out, slopes.estimate)
    ) as details
from slopes
inner join {{ ref('estimates') }} as whole
    on slopes.parent_id = whole.specification_id and slopes.term = whole.term and whole.is_headline
group by slopes.parent_id, slopes.term
