"""Observations, coefficients, verdicts and findings of two publications attached as `earlier` and `later`."""

from __future__ import annotations

from citypanel.publishing.compared_parts import CHANGE, EARLIER, LATER, NOTHING, differ, relative

STARS = "case when {0} < 0.01 then '***' when {0} < 0.05 then '**' when {0} < 0.1 then '*' else '' end"

OBSERVATIONS = f"""
select 'observation', {CHANGE.format("e.value_used", "l.value_used")},
    concat_ws(' ', city_id, year, indicator_id),
    concat_ws(' ', format('{{:.12g}}', e.value_used), e.status),
    concat_ws(' ', format('{{:.12g}}', l.value_used), l.status),
    {relative("e.value_used", "l.value_used")}, {NOTHING}, null, null
from {EARLIER}.observations.observations as e
full join {LATER}.observations.observations as l using (city_id, year, indicator_id)
where {differ("e.value_used", "l.value_used")}
    or (e.value_used is not null and l.value_used is not null and e.status is distinct from l.status)
"""

# a wild cluster bootstrap has no standard error: its p-value and interval stand in the place
SHOWN = """concat_ws(' ', format('{{:.6g}}', {0}.estimate), coalesce(
        format('({{:.6g}})', {0}.std_error),
        nullif(concat_ws(' ', format('p {{:.3g}}', {0}.p_value),
            format('[{{:.6g}}, {{:.6g}}]', {0}.conf_low, {0}.conf_high)), '')))"""
COEFFICIENTS = f"""
select 'coefficient', {CHANGE.format("e.estimate", "l.estimate")},
    concat_ws(' ', specification_id, term, covariance),
    case when e.estimate is not null then {SHOWN.format("e")} end,
    case when l.estimate is not null then {SHOWN.format("l")} end,
    {relative("e.estimate", "l.estimate")}, (l.estimate - e.estimate) / nullif(e.std_error, 0),
    {STARS.format("e.p_value")}, {STARS.format("l.p_value")}
from {EARLIER}.estimates.estimates as e
full join {LATER}.estimates.estimates as l using (specification_id, term, covariance)
where {differ("e.estimate", "l.estimate")} or {differ("e.std_error", "l.std_error")}
    or (coalesce(e.std_error, l.std_error) is null
        and ({differ("e.p_value", "l.p_value")} or {differ("e.conf_low", "l.conf_low")}
            or {differ("e.conf_high", "l.conf_high")}))
"""

VERDICTS = f"""
with e as (
    select specification_id, printed_item, concat_ws(', ', verdict, comparison, reason_code) as said
    from {EARLIER}.replication.replication
), l as (
    select specification_id, printed_item, concat_ws(', ', verdict, comparison, reason_code) as said
    from {LATER}.replication.replication
)
select 'verdict', {CHANGE.format("e.said", "l.said")}, concat_ws(' ', specification_id, printed_item),
    e.said, l.said, {NOTHING}, {NOTHING}, null, null
from e full join l using (specification_id, printed_item)
where e.said is distinct from l.said
"""

HOLDS = "coalesce(holds_in_print::varchar, '-'), coalesce(holds_in_ours::varchar, '-')"
CLAIMS = f"""
with e as (
    select claim_id, concat_ws(' / ', {HOLDS}) as said
    from {EARLIER}.replication.claims
), l as (
    select claim_id, concat_ws(' / ', {HOLDS}) as said
    from {LATER}.replication.claims
)
select 'verdict', {CHANGE.format("e.said", "l.said")}, claim_id,
    e.said, l.said, {NOTHING}, {NOTHING}, null, null
from e full join l using (claim_id)
where e.said is distinct from l.said
"""

FINDING = """
    concat_ws(' ', finding_check, source_id, city_id, year, indicator_id, column_printed) as item, value
"""
# one found twice before and once now is one that is gone
FINDINGS = f"""
with e as (select {FINDING} from {EARLIER}.quality.findings),
l as (select {FINDING} from {LATER}.quality.findings),
appeared as (select * from l except all select * from e),
gone as (select * from e except all select * from l)
select 'finding', 'added', item, null, value, {NOTHING}, {NOTHING}, null, null from appeared
union all
select 'finding', 'removed', item, value, null, {NOTHING}, {NOTHING}, null, null from gone
"""

# the table, the columns that the statement needs, the statement
RESULTS: tuple[tuple[tuple[str, str], str, str], ...] = (
    (("observations", "observations"), "city_id year indicator_id value_used status", OBSERVATIONS),
    (
        ("estimates", "estimates"),
        "specification_id term covariance estimate std_error p_value conf_low conf_high",
        COEFFICIENTS,
    ),
    (
        ("replication", "replication"),
        "specification_id printed_item verdict comparison reason_code",
        VERDICTS,
    ),
    (("replication", "claims"), "claim_id holds_in_print holds_in_ours", CLAIMS),
    (
        ("quality", "findings"),
        "finding_check source_id city_id year indicator_id column_printed value",
        FINDINGS,
    ),
)
