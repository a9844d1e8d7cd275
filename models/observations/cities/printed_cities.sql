-- grain: one row per printed city name and year (city_printed x year), with the unit it names
-- A name is read as of its year first; a name of another year, then an alias, only where that fails.
with

printed as (

    select distinct city_printed, year from {{ ref('stg_yearbook__printed_cells') }}
    union
    select unnest([first_city, last_city]), name_year from {{ ref('read_corrections') }}
    union
    select target_city, coalesce(target_year, name_year) from {{ ref('read_corrections') }}
    where target_city is not null
    union
    select city_printed, year from {{ ref('correction_witnesses') }}

),

plain as (

    select city_printed, year, {{ typed_plain('city_printed') }} as name from printed

),

city_name_variants as (

    select * from {{ ref('city_name_variants') }}

),

city_aliases as (

    select * from {{ ref('city_aliases') }}

),

candidates as (

    select plain.*, city_id, 1 as rank, variant || ' of the year' as match_kind
    from plain
    inner join city_name_variants using (name)
    where year between valid_from and valid_to
    union all
    select plain.*, city_id, 2, variant || ' of another year'
    from plain
    inner join city_name_variants using (name)
    union all
    select plain.*, city_id, 3, 'alias'
    from plain
    inner join city_aliases on name in (alias, alias || '市')

)

select
    city_printed,
    year,
    case when count(distinct city_id) = 1 then min(city_id) end as city_id,
    case when count(distinct city_id) = 1 then min(match_kind) else 'ambiguous' end as match_kind
from candidates
group by city_printed, year, rank
qualify rank = min(rank) over (partition by city_printed, year)
