"""Printed headers of invented tables: levels, languages, units, merged cells."""

from __future__ import annotations

from layout_words import INDICATORS, Leaf, Merged, Plan, Rows


def both(plan: Plan, chinese: str, english: str) -> str:
    """Return a text in the language of the table."""
    if plan.language == "one_cell":
        return f"{chinese}\r\n{english}"
    return english if plan.language == "english" else chinese


def name(plan: Plan, one: int) -> str:
    _, chinese, english, unit, unit_english, _ = INDICATORS[one]
    if plan.units == "header":
        chinese, english = f"{chinese} ({unit})", f"{english}\n({unit_english})"
    return both(plan, chinese, english)


def header(plan: Plan, leaves: list[Leaf], keys: list[str]) -> tuple[Rows, list[Merged]]:
    """Return the header block under which `keys` and then the leaves stand."""
    depth = max(len(leaf.pieces) for leaf in leaves)
    rows = [[""] * (len(keys) + len(leaves)) for _ in range(depth)]
    merged = []
    rows[0][: len(keys)] = keys
    for number, leaf in enumerate(leaves):
        before = leaves[number - 1].pieces if number else ()
        for level, text in enumerate(leaf.pieces):
            if before[: level + 1] != leaf.pieces[: level + 1] or level == len(leaf.pieces) - 1:
                rows[level][len(keys) + number] = text
                last = number
                while (
                    last + 1 < len(leaves)
                    and leaves[last + 1].pieces[: level + 1] == leaf.pieces[: level + 1]
                ):
                    last += 1
                bottom = depth - 1 if level == len(leaf.pieces) - 1 else level
                merged.append((level, len(keys) + number, bottom, len(keys) + last))
    merged += [(0, column, depth - 1, column) for column in range(len(keys))]
    if plan.language == "two_rows":
        rows.append(_english_row(keys, leaves))
    if plan.units == "row":
        rows.append([""] * len(keys) + [INDICATORS[leaf.indicator][3] for leaf in leaves])
    return rows, [one for one in merged if one[0] != one[2] or one[1] != one[3]]


def _english_row(keys: list[str], leaves: list[Leaf]) -> list[str]:
    """Return the row of English names; of several columns of one indicator the first bears it."""
    names = [
        INDICATORS[leaf.indicator][2] if not number or leaves[number - 1].indicator != leaf.indicator else ""
        for number, leaf in enumerate(leaves)
    ]
    return [{"城市": "City", "年份": "Year"}[key] for key in keys] + names


def key_text(plan: Plan, chinese: str, english: str) -> str:
    return both(plan, chinese, english) if plan.language != "two_rows" else chinese
