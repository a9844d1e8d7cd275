-- grain: one row per number that an import read (source_id x file x sheet x cell); no row where the folder has no cells.parquet
{% set path = env_var('YEARBOOK', 'seeds/yearbook').replace('\\', '/').rstrip('/') ~ '/cells.parquet' %}
{% set present = execute and run_query("select file from glob('" ~ path.replace("'", "''") ~ "')").rows | length > 0 %}
select
    source_table,
    city_id,
    city_printed,
    year,
    indicator_id,
    indicator_printed,
    scope,
    unit_printed,
    unit,
    factor,
    source_id,
    file,
    sheet,
    cell,
    value_printed,
    is_candidate
{% if present %}
from read_parquet('{{ path.replace("'", "''") }}')
{% else %}
from (
    select
        null::varchar as source_table, null::varchar as city_id, null::varchar as city_printed, null::integer as year,
        null::varchar as indicator_id, null::varchar as indicator_printed, null::varchar as scope,
        null::varchar as unit_printed, null::varchar as unit, null::double as factor, null::varchar as source_id,
        null::varchar as file, null::varchar as sheet, null::varchar as cell, null::varchar as value_printed,
        null::boolean as is_candidate
    limit 0
)
{% endif %}
