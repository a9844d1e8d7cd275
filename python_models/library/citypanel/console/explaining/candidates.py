"""One source's cell: who prints it, what and where, the year, a conversion, corrections, agreement."""

from __future__ import annotations

import duckdb

from citypanel.console.explaining.words import Row, figure, in_language, rows_of, unit_text
from citypanel.messages import message

CORRECTIONS = "from yearbook.corrections where list_contains(string_split(?, ' + '), correction_id)"


def candidate_lines(connection: duckdb.DuckDBPyConnection, row: Row, used: Row | None) -> list[str]:
    """Return one source's cell: who, what is printed and where, conversion, correction, agreement."""
    lines = [
        message(
            "explain_source",
            mark="→" if row["is_used"] else " ",
            source=row["source_id"],
            name=in_language(row, "name"),
            edition=row["edition"] or "?",
            precedence=row["precedence"] or "?",
        ),
        message(
            "explain_printed",
            text=row["value_printed"],
            header=row["printed_header"],
            city=row["city_printed"],
        ),
    ]
    if row["cell"]:
        lines.append(message("explain_where_cell", file=row["file"], sheet=row["sheet"], cell=row["cell"]))
    else:
        lines.append(message("explain_where_line", file=row["file"], row=row["row_number"]))
    lines += _year_origin(row)
    lines += _conversion(row)
    if row["moved_from"]:
        lines.append(message("explain_moved", cell=row["moved_from"]))
    lines += _corrections(connection, row)
    if used is not None and row is not used and row["agreement"]:
        kind = message("agreement_" + row["agreement"].replace(" ", "_"))
        lines.append(message("explain_agreement", value=figure(row["value_in_unit"]), agreement=kind))
        if row["origin_id"] == used["origin_id"]:
            lines.append(message("explain_common_origin", origin=row["origin_id"]))
    return lines


def _year_origin(row: Row) -> list[str]:
    """Return where an import read the year of the cell; none for a folder whose rows print it."""
    if not row["year_origin"]:
        return []
    evidence = f" ({row['year_evidence']})" if row["year_evidence"] else ""
    origin = message(f"import_year_{row['year_origin']}")
    return [message("explain_year_origin", year=row["year"], origin=origin, evidence=evidence)]


def _conversion(row: Row) -> list[str]:
    """Return the way from the printed unit to the indicator's; none where the print has that unit already."""
    if row["factor"] is None or row["factor"] == 1:
        return []
    unit = unit_text(row["unit"])
    return [
        message(
            "explain_unit",
            printed=row["unit_printed"] or "?",
            factor=figure(row["factor"]),
            value=f"{figure(row['value_reported'])} {unit}".rstrip(),
        )
    ]


def _corrections(connection: duckdb.DuckDBPyConnection, row: Row) -> list[str]:
    """Return the corrections of the cell and the number after them; none where none names it."""
    lines = [
        message(
            "explain_correction",
            correction=each["correction_id"],
            action=each["action"],
            value=each["value_new"] or "-",
            reason=each["reason"],
            evidence=each["evidence"],
        )
        for each in rows_of(connection, CORRECTIONS, [row["correction_id"] or ""])
    ]
    if row["value_corrected"] != row["value_reported"]:
        lines.append(message("explain_after_corrections", value=figure(row["value_corrected"])))
    return lines
