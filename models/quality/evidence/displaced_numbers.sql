-- grain: source_id x indicator_id x city_id x year, the numbers of displaced blocks with the city they belong to
select
    numbers.source_id,
    numbers.indicator_id,
    numbers.city_id,
    numbers.year,
    numbers.province_zh,
    numbers.place,
    numbers.city_printed,
    numbers.value_printed,
    numbers.expected,
    blocks.places,
    blocks.first_place,
    blocks.evidence,
    owners.city_id as owner_city_id,
    owners.city_printed as owner_city_printed
from {{ ref('displaced_blocks') }} as blocks
anti join {{ ref('refuted_blocks') }} as refuted
    on
        blocks.source_id = refuted.source_id
        and blocks.indicator_id = refuted.indicator_id
        and blocks.year = refuted.year
        and blocks.places = refuted.places
        and blocks.first_place = refuted.first_place
inner join {{ ref('expected_numbers') }} as numbers
    on
        blocks.source_id = numbers.source_id
        and blocks.indicator_id = numbers.indicator_id
        and blocks.year = numbers.year
        and numbers.place between blocks.first_place and blocks.last_place
inner join {{ ref('expected_numbers') }} as owners
    on
        numbers.source_id = owners.source_id
        and numbers.indicator_id = owners.indicator_id
        and numbers.year = owners.year
        and numbers.place + blocks.places = owners.place
where abs(numbers.level - owners.expected_level) < least(4 * owners.typical_deviation, 0.3)
qualify row_number() over (
    partition by numbers.source_id, numbers.indicator_id, numbers.city_id, numbers.year
    order by blocks.evidence desc, abs(blocks.places) asc, blocks.places asc
) = 1
