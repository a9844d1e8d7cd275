-- 58 coefficients and 34 statistics of studies A and B, and one row of the ledger for every printed number of any study
with

counts as (

    select
        (
            select count(*) from {{ ref('replication') }}
            where study in ('A', 'B')
        ) as rows_of_the_two_studies,
        (select count(*) from {{ ref('replication') }}) as rows_of_the_ledger,
        (select count(*) from {{ ref('published_estimates') }})
        + (select count(*) from {{ ref('published_fit_statistics') }}) as printed_numbers,
        (
            select count(*) from {{ ref('replication') }}
            where verdict is null or comparison is null or reason_code is null or data_kind is null
        ) as rows_without_verdict

)

select * from counts
where rows_of_the_two_studies <> 92 or rows_of_the_ledger <> printed_numbers or rows_without_verdict > 0
