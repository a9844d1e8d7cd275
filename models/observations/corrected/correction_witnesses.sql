-- grain: correction_id x witness, the printed cells that a row about several cells expects: "name year = text"
-- Name or year may be left out where the row names one; several stand with " + " between them. A row with a witness
-- that the source does not print finds nothing.
with

witnesses as (

    select *, unnest(string_split(value_expected, ' + ')) as witness
    from {{ ref('read_corrections') }}
    where contains(value_expected, '=') and (action = 'shift' or city = '*')

),

taken_apart as (

    select
        *,
        trim(split_part(witness, '=', 1)) as witnessed_cell,
        regexp_extract(witnessed_cell, '([12][0-9]{3}) *年?$', 1) as year_named,
        trim(regexp_replace(witnessed_cell, '[12][0-9]{3} *年?$', '')) as city_named
    from witnesses

)

select
    correction_id,
    source_id,
    indicator_id,
    witness,
    coalesce(nullif(city_named, ''), first_city) as city_printed,
    coalesce(try_cast(nullif(year_named, '') as integer), first_year) as year,
    trim(substring(witness, strpos(witness, '=') + 1)) as text_expected
from taken_apart
