-- grain: indicator_id; what a panel column means: a printed one from the seed, a derived one from its YAML, keys and
--   groups from their seed
{%- set described = [] %}
{%- for node in (graph.nodes.values() if execute else [])
        if node.resource_type == 'model' and node.name in var('indicator_models') %}
{%- for column in node.columns.values() if column.name not in ('city_id', 'year') %}
{%- set meta = column.config.meta or {} %}
{%- set cells = [node.name, column.name, column.description] %}
{%- for key in ('label_zh', 'label_en', 'unit', 'formula', 'description_zh', 'formula_zh') %}
{%- do cells.append(meta.get(key, '')) %}
{%- endfor %}
{%- set cells = cells | map('string') | map('trim') | map('replace', "'", "''") | list %}
{%- do described.append("('" ~ cells | join("', '") ~ "', " ~ meta.get('is_dependent', false) ~ ")") %}
{%- endfor %}
{%- endfor %}
with

indicators as (

    select * from {{ ref('indicators') }}

),

theme_columns (
    model, indicator_id, description, label_zh, label_en, unit, formula, description_zh, formula_zh, is_dependent
) as (

    values
    {{ described | sort | join(',\n    ') or "(null, null, null, null, null, null, null, null, null, false)" }}

)

select
    indicator_id,
    if(indicators.indicator_id is null, 'derived', 'printed') as kind,
    coalesce(indicators.label_zh, theme_columns.label_zh) as label_zh,
    coalesce(indicators.label_en, theme_columns.label_en) as label_en,
    coalesce(indicators.unit, theme_columns.unit) as unit,
    indicators.source_table as source,
    theme_columns.model,
    coalesce(indicators.description, theme_columns.description) as description,
    coalesce(indicators.description_zh, nullif(theme_columns.description_zh, '')) as description_zh,
    nullif(theme_columns.formula, '') as formula,
    -- signs alone need no second language
    coalesce(nullif(theme_columns.formula_zh, ''), nullif(theme_columns.formula, '')) as formula_zh,
    coalesce(theme_columns.is_dependent, false) as is_dependent
from theme_columns
full join indicators using (indicator_id)
where indicator_id is not null
union all by name
select column_name as indicator_id, 'key' as kind, * exclude (column_name), '' as unit, false as is_dependent
from {{ ref('panel_keys') }}
