-- grain: source_id x file x sheet x cell, every number that an import read; no row without a cells.parquet
{% set folder = env_var('YEARBOOK', 'seeds/yearbook').replace('\\', '/').rstrip('/') %}
{% set cells = "'" ~ folder.replace("'", "''") ~ "/cells.parquet'" %}
{% set present = execute and run_query('select file from glob(' ~ cells ~ ')').rows | length > 0 %}
{% set columns = [
    'source_table', 'city_id', 'city_printed', 'year', 'year_origin', 'year_evidence', 'column_printed', 'indicator_id', 'indicator_printed', 'scope',
    'unit_printed', 'unit', 'factor', 'source_id', 'file', 'sheet', 'cell', 'value_printed', 'value', 'is_candidate', 'is_tabulated'
] %}
select
    source_table::varchar as source_table,
    city_id::varchar as city_id,
    city_printed::varchar as city_printed,
    year::integer as year,
    year_origin::varchar as year_origin,
    nullif(year_evidence::varchar, '') as year_evidence,
    column_printed::varchar as column_printed,
    indicator_id::varchar as indicator_id,
    indicator_printed::varchar as indicator_printed,
    scope::varchar as scope,
    unit_printed::varchar as unit_printed,
    unit::varchar as unit,
    factor::double as factor,
    source_id::varchar as source_id,
    file::varchar as file,
    sheet::varchar as sheet,
    cell::varchar as cell,
    value_printed::varchar as value_printed,
    value::double as value,
    is_candidate::boolean as is_candidate,
    is_tabulated::boolean as is_tabulated
{% if present %}
from read_parquet({{ cells }})
{% else %}
from (select {{ 'null as ' ~ columns | join(', null as ') }})
where false
{% endif %}
