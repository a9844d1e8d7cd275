"""Lists of specifications that can be read: where one row per province stands in them, the first few."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import duckdb

from citypanel.console.explaining.words import rows_of
from citypanel.messages import message

SHOWN = 3
PARENTS = (
    "select specification_id, parent_id from estimates.specifications where province_left_out is not null"
)


def parents_of_provinces(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return the specification that each one without a province was made from: AX.8.beijing from AX.8."""
    return {row["specification_id"]: row["parent_id"] for row in rows_of(connection, PARENTS)}


def listed(names: Sequence[str], parents: Mapping[str, str]) -> str:
    """Return the names in one line; of those without a province the first three, and how many more."""
    count = Counter(parents[name] for name in names if name in parents)
    shown: list[str] = []
    seen: Counter[str] = Counter()
    for name in names:
        parent = parents.get(name)
        if parent is not None:
            seen[parent] += 1
        if parent is None or seen[parent] <= SHOWN:
            shown.append(name)
        elif seen[parent] == SHOWN + 1:
            shown.append(message("explain_more", count=count[parent] - SHOWN, parent=parent))
    return ", ".join(shown) or message("explain_no_specification")


def where_all_are(names: Sequence[str], parents: Mapping[str, str], statement: str) -> list[str]:
    """Return a line with the query that lists every name, where `listed` left some out."""
    count = Counter(parents[name] for name in names if name in parents)
    return [message("explain_all", statement=statement)] if max(count.values(), default=0) > SHOWN else []


def literal(text: str) -> str:
    """Return a text as SQL writes it: in quotes, a quote within doubled."""
    return "'" + text.replace("'", "''") + "'"
