-- grain: specification_id x term x covariance
with

regression_fits as (

    select * from {{ ref('regression_fits') }}

),

study_variables as (

    select * from {{ ref('study_variables') }}

),

specifications as (

    select * from {{ ref('specifications') }}

),

terms as (

    select
        specification_id,
        unnest(from_json(terms, '[{
            "term": "VARCHAR", "covariance": "VARCHAR", "is_headline": "BOOLEAN", "status": "VARCHAR",
            "status_reason": "VARCHAR", "status_reason_zh": "VARCHAR", "estimate": "DOUBLE", "std_error": "DOUBLE",
            "statistic": "DOUBLE", "df": "DOUBLE", "p_value": "DOUBLE", "conf_low": "DOUBLE", "conf_high": "DOUBLE"
        }]'), recursive := true)
    from regression_fits

)

select
    terms.specification_id,
    terms.term,
    terms.covariance,
    terms.estimate,
    terms.std_error,
    terms.statistic,
    terms.df,
    terms.p_value,
    terms.conf_low,
    terms.conf_high,
    terms.is_headline,
    terms.status,
    terms.status_reason,
    terms.status_reason_zh,
    study_variables.study_name
from terms
inner join specifications using (specification_id)
left join
    study_variables
    on specifications.study = study_variables.study and terms.term = study_variables.variable
