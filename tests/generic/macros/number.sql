{# The number in a printed text, NULL where there is none. Inner, full-width, no-break and zero-width spaces,
   full-width digits and thousands commas are typography, and footnote marks at the end (①, ⑴, ², *, ※) belong to the
   number's place; anything else that is not a plain number is not guessed. #}
{% macro number(column) -%}
    try_cast(
        case when regexp_full_match({{ typed_plain(column) }}, '[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?')
            then {{ typed_plain(column) }}
            when regexp_full_match({{ typed_plain(column) }}, '[+-]?[0-9]{1,3}(,[0-9]{3})+([.][0-9]+)?')
            then replace({{ typed_plain(column) }}, ',', '')
        end as double
    )
{%- endmacro %}

{# The printed text without spaces of any kind and footnote marks, with half-width digits and signs. #}
{% macro typed_plain(column) -%}
    translate(regexp_replace("{{ column }}", '[\s\x{00A0}\x{3000}\x{200B}-\x{200D}\x{2060}\x{FEFF}]|[*＊※†‡¹²³⁰⁴-⁹①-⒇⓪-⓿❶-➓㉑-㉟㊱-㊿\s\x{00A0}\x{3000}]+$', '', 'g'), '０１２３４５６７８９．，－−＋', '0123456789.,--+')
{%- endmacro %}

{# The year in a printed text (2015, 2015.0, 2015年), NULL where there is none. #}
{% macro printed_year(column) -%}
    try_cast(nullif(regexp_extract({{ typed_plain(column) }}, '^([12][0-9]{3})([.]0+)?年?$', 1), '') as integer)
{%- endmacro %}
