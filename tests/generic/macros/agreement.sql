{# How two numbers of one cell agree, of the columns difference, size, rounding, units_differ and are_two_editions (see
   candidate_pairs). The import reads this expression from here for its report. #}
{% macro agreement_class(tolerance) -%}
    case
        when difference <= greatest(1e-12 * size, if(units_differ, rounding * (1 + 1e-9), 0))
            then if(units_differ, 'equal after unit', 'equal')
        when difference <= rounding * (1 + 1e-9) then 'equal after rounding'
        when are_two_editions and difference <= {{ tolerance }} * size then 'revision'
        else 'conflict'
    end
{%- endmacro %}
