-- grain: source_id x city_id x year x indicator_id, numbers of extras that one source prints and no correction names
select * exclude (is_extra) from {{ ref('numbers_beyond_tables') }}
where
    is_extra
    and indicator_id not in (select contested.indicator_id from {{ ref('contested_extras') }} as contested)
