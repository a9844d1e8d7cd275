-- grain: identity_id x source_id x city_id x year, rows whose parts sum to their total but for rounding
select implied.identity_id, implied.source_id, implied.city_id, implied.year
from {{ ref('implied_numbers') }} as implied
inner join {{ ref('identity_terms') }} as terms using (identity_id, indicator_id)
inner join {{ ref('compared_numbers') }} as totals using (source_id, indicator_id, city_id, year)
where terms.is_total and abs(implied.value - totals.value) < 0.0005 * abs(totals.value)
