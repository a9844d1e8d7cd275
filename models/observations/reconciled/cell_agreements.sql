-- grain: city_id x year x indicator_id, cells that more than one source prints: how many say what the first one says
-- Counted over origins: two sources with a common origin are one witness, however often they agree.
with

source_numbers as (

    select * from {{ ref('source_numbers') }}

),

first_numbers as (

    select * from source_numbers
    where place = 1

),

pairs_with_the_first as (

    select * from {{ ref('candidate_pairs') }}
    semi join first_numbers using (city_id, year, indicator_id, source_id)

),

beside_the_first as (

    select
        source_numbers.*,
        source_origins.origin_id,
        coalesce(pairs_with_the_first.agreement, 'first') as agreement
    from source_numbers
    inner join {{ ref('source_origins') }} as source_origins using (source_id)
    left join pairs_with_the_first
        on
            source_numbers.city_id = pairs_with_the_first.city_id
            and source_numbers.year = pairs_with_the_first.year
            and source_numbers.indicator_id = pairs_with_the_first.indicator_id
            and source_numbers.source_id = pairs_with_the_first.other_source_id

)

select
    city_id,
    year,
    indicator_id,
    max(source_id) filter (where place = 1) as source_id,
    count(*) as sources,
    count(distinct origin_id) as origins,
    count(distinct origin_id) filter (where agreement not in ('revision', 'conflict')) as origins_agreeing,
    count(*) filter (where agreement = 'revision') as revisions,
    count(*) filter (where agreement = 'conflict') as conflicts
from beside_the_first
group by city_id, year, indicator_id
