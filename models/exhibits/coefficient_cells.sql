-- grain: exhibit x table_column x row_term, estimate with stars and what stands below it in parentheses, as text
-- depends_on: {{ ref('results_gate') }}
with

estimates as (

    select * from {{ ref('estimates') }}
    where is_headline

),

exhibits as (

    select * from {{ ref('exhibits') }}

),

column_terms as (

    select * from {{ ref('column_terms') }}

),

shown as (

    select
        column_terms.exhibit,
        column_terms.table_column,
        column_terms.row_term,
        estimates.*,
        if(exhibits.in_parentheses = 'statistic', estimates.statistic, estimates.std_error) as number_below,
        '{:.' || exhibits.decimals || 'f}' as number_format
    from estimates
    inner join column_terms using (specification_id, term)
    inner join exhibits using (exhibit)

)

select
    exhibit,
    table_column,
    row_term,
    specification_id,
    term,
    case
        when estimate is null then 'omitted'
        else format(number_format, estimate) || coalesce(repeat('*', {{ stars('p_value') }}), '')
    end as estimate_text,
    -- a bootstrap gives a p value and no standard error
    case
        when number_below is not null then '(' || format(number_format, number_below) || ')'
        when p_value is not null then '[p = ' || format('{:.3f}', p_value) || ']'
        else ''
    end as below_text
from shown
