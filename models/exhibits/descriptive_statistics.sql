-- grain: exhibit x variable, the study's variables on the rows of one of its specifications
-- depends_on: {{ ref('results_gate') }}
with

-- the first of the named specifications that the data could carry
samples as (

    select
        exhibits.exhibit, exhibits.study,
        arg_min(
            fit_statistics.specification_id, list_position(string_split(sample_of, ' + '), specification_id)
        ) as specification_id
    from {{ ref('exhibits') }} as exhibits
    inner join {{ ref('fit_statistics') }} as fit_statistics
        on list_contains(string_split(exhibits.sample_of, ' + '), fit_statistics.specification_id)
    where fit_statistics.n_obs is not null
    group by exhibits.exhibit, exhibits.study

),

rows_fitted as (

    select samples.exhibit, city_year.* exclude (city_id, year)
    from {{ ref('city_year') }} as city_year
    inner join {{ ref('estimation_samples') }} using (city_id, year)
    inner join samples using (specification_id)

),

numbers as (

    select exhibit, variable, number
    from (
        unpivot (select exhibit, try_cast(columns(* exclude (exhibit)) as double) from rows_fitted)
        on columns(* exclude (exhibit)) into name variable value number
    )

)

-- quantiles between two rows are interpolated (type 7), as pandas and Excel do
select
    samples.exhibit,
    study_variables.variable,
    study_variables.rowid as row_position,
    study_variables.study_name as row_label,
    study_variables.label_zh as row_label_zh,
    samples.specification_id,
    count(numbers.number) as n_obs,
    fsum(numbers.number) / nullif(count(numbers.number), 0) as mean,
    stddev_samp(numbers.number) as sd,
    min(numbers.number) as "min",
    quantile_cont(numbers.number, 0.25) as p25,
    quantile_cont(numbers.number, 0.5) as median,
    quantile_cont(numbers.number, 0.75) as p75,
    max(numbers.number) as "max"
from samples
inner join {{ ref('study_variables') }} as study_variables using (study)
left join numbers using (exhibit, variable)
where study_variables.variable <> '_cons' and not contains(study_variables.variable, ':')
group by all
