-- grain: specification_id, the rows of regressions.csv and those that leave_out expands, one per province of the sample
with

regressions as (

    select *, rowid as position from {{ ref('regressions') }}

),

provinces as (

    select distinct
        sample_cities.sample_id,
        cities.province_zh,
        cities.province_en,
        replace(lower(cities.province_en), ' ', '_') as suffix
    from {{ ref('sample_cities') }} as sample_cities
    inner join {{ ref('cities') }} as cities using (city_id)

),

expanded as (

    select
        regressions.* replace (
            regressions.specification_id || '.' || provinces.suffix as specification_id,
            regressions.specification_id as parent_id,
            'two_way_fixed_effects' as estimator,
            '' as leave_out,
            'without ' || provinces.province_en as "column",
            null as n_expected
        ),
        provinces.province_zh as province_left_out
    from regressions
    inner join provinces using (sample_id)
    where regressions.leave_out = 'province' and regressions.estimator = 'leave_one_out'

)

select *, null::varchar as province_left_out from regressions
union all
select * from expanded
