-- grain: source_id x indicator_id x year x places x first_place, runs of rows that fit the city some rows further on by
--   chance
-- A term that stands in another's row breaks its sum, unless the other terms stand there with it.
with

blocks as (

    select blocks.*, terms.identity_id
    from {{ ref('displaced_blocks') }} as blocks
    inner join {{ ref('identity_terms') }} as terms using (indicator_id)

)

select blocks.source_id, blocks.indicator_id, blocks.year, blocks.places, blocks.first_place
from blocks
anti join blocks as others
    on
        blocks.identity_id = others.identity_id
        and blocks.source_id = others.source_id
        and blocks.year = others.year
        and blocks.places = others.places
        and blocks.indicator_id <> others.indicator_id
inner join {{ ref('compared_numbers') }} as numbers
    on
        blocks.source_id = numbers.source_id
        and blocks.indicator_id = numbers.indicator_id
        and blocks.year = numbers.year
        and numbers.place between blocks.first_place and blocks.last_place
left join {{ ref('sums_that_hold') }} as sums
    on
        blocks.identity_id = sums.identity_id
        and numbers.source_id = sums.source_id
        and numbers.city_id = sums.city_id
        and numbers.year = sums.year
group by all
having 2 * count(sums.city_id) > count(*)
