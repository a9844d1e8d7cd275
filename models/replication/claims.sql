-- grain: claim_id, whether a statement of the texts holds by the numbers printed and by ours
with

claim_checks as (

    select
        claim_id,
        bool_or(holds) filter (where basis = 'stars') as holds_by_stars,
        bool_or(holds) filter (where basis = 't') as holds_by_t,
        bool_or(holds) filter (where basis = 'ours') as holds_by_ours
    from {{ ref('claim_checks') }}
    group by claim_id

),

folder as (

    select if(bool_and(is_real), 'real', 'synthetic') as data_kind
    from {{ ref('city_year_sources') }}

)

select
    claims.claim_id,
    claims.study,
    claims.quote,
    claims.quote_en,
    claims.specification_ids,
    claims.printed_item,
    claims.test_kind,
    claims.expected,
    case
        when claim_checks.holds_by_stars is null then 'not printed'
        when claim_checks.holds_by_stars <> claim_checks.holds_by_t then 'stars and t disagree'
        when claim_checks.holds_by_stars then 'holds'
        else 'fails'
    end as holds_in_print,
    case
        when claim_checks.holds_by_ours is null then 'not_estimable'
        when folder.data_kind = 'real' then if(claim_checks.holds_by_ours, 'holds', 'fails')
        -- a planted truth neither confirms nor refutes
        else if(claim_checks.holds_by_ours, 'holds on synthetic data', 'fails on synthetic data')
    end as holds_in_ours,
    claim_checks.holds_by_stars,
    claim_checks.holds_by_t,
    claim_checks.holds_by_ours,
    folder.data_kind,
    claims.note
from {{ ref('published_claims') }} as claims
cross join folder
left join claim_checks using (claim_id)
