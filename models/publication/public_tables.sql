-- grain: table_schema x table_name; what is published, and so what the publication waits for
-- Everything that people ask for, and what `citypanel explain` follows a number through. Working tables stay in the
-- database; a test sees to it that none of them is behind the publication's back.
{%- set tables = [
    ref('corrections'), ref('digital_finance'), ref('education_research'), ref('employment'), ref('finance'),
    ref('fiscal'), ref('gdp'), ref('innovation'), ref('population'), ref('sources'), ref('telecom'), ref('trade'),
    ref('cities'), ref('city_aliases'), ref('city_events'), ref('city_names'), ref('county_level_units'),
    ref('header_aliases'), ref('header_tokens'), ref('identities'), ref('indicators'), ref('key_headers'),
    ref('messages'), ref('missing_marks'), ref('ratio_ranges'), ref('row_markers'), ref('units'), ref('usd_rates'),
    ref('accepted_findings'), ref('control_sets'), ref('curve_choices'), ref('diagnostic_tests'),
    ref('diagnostic_words'), ref('exhibit_rows'), ref('exhibit_words'), ref('exhibits'), ref('expectations'),
    ref('indices'), ref('regressions'), ref('samples'), ref('study_variables'), ref('comparison_ladder'),
    ref('discrepancies'), ref('printed_references'), ref('printed_relations'), ref('published_claims'),
    ref('published_estimates'), ref('published_fit_statistics'), ref('reason_codes'), ref('replication_reasons'),
    ref('stg_yearbook__digital_finance'), ref('stg_yearbook__education_research'), ref('stg_yearbook__employment'),
    ref('stg_yearbook__finance'), ref('stg_yearbook__fiscal'), ref('stg_yearbook__gdp'),
    ref('stg_yearbook__innovation'), ref('stg_yearbook__population'), ref('stg_yearbook__telecom'),
    ref('stg_yearbook__trade'), ref('observations'), ref('reported_observations'),
    ref('extra_observations'), ref('extra_indicators'),
    ref('matched_corrections'), ref('candidate_pairs'), ref('cell_agreements'), ref('source_origins'),
    ref('boundary_changes'), ref('interpolation_errors'), ref('masked_cells'), ref('city_roster'),
    ref('agglomeration'), ref('digital_infrastructure'), ref('employment_structure'), ref('finance_and_government'),
    ref('innovation_and_entrepreneurship'), ref('openness'), ref('output_and_structure'),
    ref('population_and_migration'), ref('dictionary'), ref('indicator_inputs'), ref('index_weights'),
    ref('composite_indices'), ref('industry_localisation'), ref('city_year'), ref('findings'),
    ref('finding_events'), ref('analytical_findings'), ref('expectation_results'), ref('gate'), ref('specifications'),
    ref('specification_variables'), ref('estimates'), ref('fit_statistics'), ref('diagnostics'), ref('sample_flow'),
    ref('marked_shares'), ref('indicator_uses'), ref('specification_curve'),
    ref('placebo_draws'), ref('exhibit_columns'), ref('regression_table_cells'), ref('descriptive_statistics'),
    ref('digital_labour_flow__added'), ref('digital_labour_flow__descriptive_statistics'),
    ref('digital_labour_flow__table_1'), ref('digital_labour_flow__table_2'), ref('digital_labour_flow__table_3'),
    ref('digital_labour_flow__table_4'), ref('digital_labour_flow__table_5'), ref('digital_labour_flow__table_6'),
    ref('labour_agglomeration__2sls'), ref('labour_agglomeration__descriptive_statistics'),
    ref('labour_agglomeration__hausman'), ref('labour_agglomeration__real_data'),
    ref('labour_agglomeration__table_1'), ref('labour_agglomeration__table_1_delta'),
    ref('labour_agglomeration__table_1_formula_3'), ref('labour_agglomeration__table_2'),
    ref('labour_agglomeration__table_3'), ref('labour_agglomeration__table_3_few_clusters'),
    ref('replication'), ref('claims'), ref('printed_audit'),
    ref('printed_numbers'), ref('our_numbers'), ref('claim_checks'),
] %}
{#- long ones by which numbers are followed: in the database file alone, no file and no sum of their own #}
{%- set followed = [
    ref('cell_trace'), ref('observations_as_was'), ref('index_scores'),
    ref('estimation_samples'),
] %}
{%- for table in tables + followed %}
select '{{ table.schema }}' as table_schema, '{{ table.identifier }}' as table_name, {{ table in tables }} as has_file
{%- if not loop.last %} union all{% endif %}
{%- endfor %}
