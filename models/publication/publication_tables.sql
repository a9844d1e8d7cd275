-- grain: table_schema x table_name, the tables of the publication that stands
with

publication as (

    select unnest(json_transform(manifest -> 'tables', '[{
        "schema": "varchar", "table": "varchar", "rows": "bigint", "columns": "bigint", "content_sha256": "varchar",
        "file": "varchar", "bytes": "bigint", "sha256": "varchar"
    }]')) as published
    from {{ ref('publication_run') }}

)

select
    published['schema'] as table_schema,
    published['table'] as table_name,
    published['rows'] as rows,
    published['columns'] as columns,
    published['content_sha256'] as content_sha256,
    published['file'] as file,
    published['bytes'] as bytes,
    published['sha256'] as file_sha256
from publication
