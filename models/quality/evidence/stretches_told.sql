-- grain: source_id x indicator_id x city_id, stretches of a city's numbers that other numbers tell to be of the year
--   before or after
-- Other sources or sums give the same numbers a year apart: of two sources the one whose changes fit another year
-- better is off. What sums to a number of another year is of that year.
with

told_apart as (

    select
        apart.source_id, indicator_id, apart.city_id, years_off, first_year, last_year,
        '= ' || witnesses || ', t ' || if(years_off > 0, '- 1', '+ 1') as evidence
    from {{ ref('years_apart') }} as apart
    left join {{ ref('years_off') }} using (source_id, indicator_id, city_id)
    qualify
        row_number() over (
            partition by indicator_id, city_id
            order by
                number_of_witnesses desc, coalesce(if(years_off > 0, evidence_late, evidence_early), 0) desc,
                source_id desc
        ) = 1

),

terms_of_told as (

    select
        told.source_id, others.indicator_id, told.city_id, told.years_off, told.first_year, told.last_year,
        min(told.indicator_id || ' ' || told.evidence) as evidence
    from told_apart as told
    inner join {{ ref('identity_terms') }} as terms on told.indicator_id = terms.indicator_id
    inner join {{ ref('identity_terms') }} as others
        on terms.identity_id = others.identity_id and terms.indicator_id <> others.indicator_id
    inner join {{ ref('sums_that_hold') }} as sums
        on
            terms.identity_id = sums.identity_id and told.source_id = sums.source_id
            and told.city_id = sums.city_id and sums.year between told.first_year and told.last_year
    group by all
    having 2 * count(*) > told.last_year - told.first_year

)

select * from told_apart
union all
select terms_of_told.* from terms_of_told
anti join told_apart using (source_id, indicator_id, city_id)
-- of two totals that tell a term the first
qualify row_number() over (partition by source_id, indicator_id, city_id order by first_year, evidence) = 1
