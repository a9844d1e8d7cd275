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
    shown: list[str] = []
    children: Counter[str] = Counter()
    for name in names:
        parent = parents.get(name)
        if parent is None or children[parent] < SHOWN:
            shown.append(name)
        if parent is not None:
            children[parent] += 1
    more = [
        message("explain_more", count=count - SHOWN, parent=parent)
        for parent, count in children.items()
        if count > SHOWN
    ]
    return ", ".join(shown + more) or message("explain_no_specification")


def where_all_are(names: Sequence[str], parents: Mapping[str, str], statement: str) -> list[str]:
    """Return a line with the query that lists every name, where `listed` left some out."""
    children = Counter(parents[name] for name in names if name in parents)
    return [message("explain_all", statement=statement)] if max(children.values(), default=0) > SHOWN else []
