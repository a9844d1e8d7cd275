-- grain: one row, the publication that stands and what the last command did about it
select
    outcome,
    message_en,
    message_zh,
    invocation_id,
    command,
    manifest ->> 'name' as name,
    (manifest ->> 'published_at')::timestamptz as published_at,
    manifest ->> 'invocation_id' as published_by,
    manifest ->> 'project_version' as project_version,
    manifest ->> 'code_version' as code_version,
    manifest ->> 'data_version' as data_version,
    manifest ->> 'data_kind' as data_kind,
    manifest -> 'settings' ->> 'boundaries' as boundaries,
    (manifest -> 'settings' ->> 'interpolation')::boolean as interpolation,
    json_array_length(manifest -> 'tables')::integer as tables,
    json_array_length(manifest -> 'files')::integer as files
from {{ ref('publication_run') }}
