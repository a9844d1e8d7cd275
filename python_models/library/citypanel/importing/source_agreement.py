"""How the sources of an import agree where they print the same cell of the dictionary.

The number that is used (of the source with the lowest precedence; an import gives each its own) is compared
with each other one. What agrees is the expression of the dbt macro `agreement_class`, read from its file: the
model `observations.candidate_pairs` compares by the same words, after the corrections.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from citypanel.importing.long.shape import quoted
from citypanel.importing.long.store import Store
from citypanel.importing.reference_rows import reference_folder
from citypanel.project import CELL_TRACE

CLASSES = ("equal", "equal after rounding", "equal after unit", "revision", "conflict")
_MACRO = re.compile(r"macro agreement_class\(tolerance\) -%\}(.*?)\{%- endmacro", re.DOTALL)
_TOLERANCE = re.compile(r"^ *revision_tolerance: *([\d.]+)", re.MULTILINE)
_QUERY = """
with sources as (
    select source_id, precedence::integer as precedence, nullif(trim(publisher), '') as publisher,
        list_distinct(regexp_extract_all(edition, '(19|20)[0-9]{{2}}')) as editions
    from read_csv({sources}, all_varchar = true)
), numbers as (
    select city_id, year, indicator_id, source_id, value, factor, value_printed, city_printed
    from read_parquet({cells})
    where is_candidate and indicator_id <> '' and city_id is not null and value is not null
), shared as (
    select city_id, year, indicator_id from numbers group by all having min(source_id) <> max(source_id)
), placed as (
    select *, if(len(editions) = 1, editions[1]::integer, null) as vintage,
        len(regexp_extract(replace(value_printed, '．', '.'), '[.]([0-9]*)', 1)) as decimals,
        abs(factor) * 0.5 * pow(10, -decimals) as half,
        row_number() over (
            partition by city_id, year, indicator_id order by precedence
        ) as place
    from numbers semi join shared using (city_id, year, indicator_id) inner join sources using (source_id)
), pairs as (
    select indicator_id, year, one.city_printed as city, one.source_id, other.source_id as other_source_id,
        abs(one.value - other.value) as difference, greatest(abs(one.value), abs(other.value)) as size,
        greatest(one.half, other.half) as rounding, abs(one.factor / other.factor - 1) > 1e-9 as units_differ,
        coalesce(one.publisher = other.publisher and one.vintage <> other.vintage, false) as are_two_editions
    from placed as one inner join placed as other using (city_id, year, indicator_id)
    where one.place = 1 and other.place > 1
), compared as (select *, {agreement} as agreement from pairs)
select indicator_id, source_id, other_source_id, agreement, count(*) as cells,
    max(difference / nullif(size, 0)) as largest,
    arg_max((city, year), (difference / nullif(size, 0), city, year)) as place
from compared group by indicator_id, source_id, other_source_id, agreement
order by indicator_id, source_id, other_source_id, agreement
"""


@dataclass
class SourceAgreement:
    """Two sources of one indicator: cells by class, and where they differ most (city, year, share)."""

    indicator_id: str
    source_id: str
    other_source_id: str
    cells: Counter[str]
    worst: tuple[str, int, float] | None = None


def source_agreements(out: Path, store: Store) -> list[SourceAgreement]:
    """Return how the sources of the folder `out` agree, by indicator and pair of sources, conflicts first."""
    statement = _QUERY.format(
        sources=quoted(str(out / "sources.csv")),
        cells=quoted(str(out / CELL_TRACE)),
        agreement=_expression(),
    )
    found: dict[tuple[str, str, str], SourceAgreement] = {}
    for *pair, agreement, cells, largest, place in store.run(statement):
        key = (pair[0], pair[1], pair[2])
        one = found.setdefault(key, SourceAgreement(*key, Counter()))
        one.cells[agreement] = cells
        if agreement in ("revision", "conflict") and largest and largest > (one.worst or ("", 0, 0.0))[2]:
            city, year = place.values() if isinstance(place, dict) else place
            one.worst = (city, year, largest)
    return sorted(found.values(), key=lambda one: -one.cells["conflict"])


def _expression() -> str:
    """Return the SQL of the macro, with the project's tolerance."""
    root = reference_folder().parents[1]
    macro = _MACRO.search((root / "tests" / "generic" / "macros" / "agreement.sql").read_text("utf-8"))
    tolerance = _TOLERANCE.search((root / "dbt_project.yml").read_text("utf-8"))
    assert macro and tolerance
    return macro.group(1).replace("{{ tolerance }}", tolerance.group(1))
