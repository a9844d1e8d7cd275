-- grain: identity_id x indicator_id, the totals and parts of identities.csv, and how many terms the identity has
with

identities as (

    select *, count(*) over (partition by identity_id) + 1 as terms from {{ ref('identities') }}

)

select identity_id, part as indicator_id, false as is_total, tolerance, terms from identities
union
select identity_id, total, true, tolerance, terms from identities
