{# A text whose {placeholders} are filled from a JSON object: numbers with four digits, what is missing as a dash. #}
{% macro filled_from_json(text, object) -%}
    array_to_string(list_transform(
        string_split(replace({{ text }}, '{', '}{'), '}'),
        lambda piece: case
            when not starts_with(piece, '{') then piece
            when json_type({{ object }}, substring(piece, 2)) = 'DOUBLE'
                then format('{:.4g}', ({{ object }} ->> substring(piece, 2))::double)
            else coalesce({{ object }} ->> substring(piece, 2), '-')
        end
    ), '')
{%- endmacro %}
