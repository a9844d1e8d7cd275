"""The tables of the studies as the database holds them, with title, labels and notes in one language.

The tables of the schema `exhibits` hold the cells; titles and notes are rows of `specifications.exhibits`,
Chinese for headings and words in cells rows of `specifications.exhibit_words`. Nothing is computed here.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass

import duckdb
import pandas as pd

from citypanel.messages import Mistake, language, message

NEAREST = 3
DESCRIPTIVE = "descriptive_statistics"


@dataclass(frozen=True)
class PrintedTable:
    """One table ready to print.

    name: its view; title: with the study; warning: that the data are synthetic, empty where they are real;
    cells: text, the first column names the rows; notes: one sentence or more each.
    """

    name: str
    title: str
    warning: str
    cells: pd.DataFrame
    notes: tuple[str, ...]


def list_tables(connection: duckdb.DuckDBPyConnection, lang: str | None = None) -> pd.DataFrame:
    """Return the tables of the database: table, title, printed (as the studies have it, or not)."""
    exhibits = _exhibits(connection)
    return pd.DataFrame({
        "table": exhibits["exhibit"],
        "title": exhibits[f"title_{language(lang)}"],
        "printed": [message(f"table_{printed}", lang) for printed in exhibits["printed"]],
    })  # fmt: skip


def printed_table(connection: duckdb.DuckDBPyConnection, name: str, lang: str | None = None) -> PrintedTable:
    """Return the table called `name` (with or without its schema `exhibits`).

    Raises `Mistake` where there is no such table, or it has not been built.
    """
    exhibits = _exhibits(connection).set_index("exhibit")
    wanted = name.removeprefix("exhibits.")
    if wanted not in exhibits.index:
        raise Mistake("table_unknown", value=name, nearest=", ".join(_nearest(wanted, list(exhibits.index))))
    exhibit = exhibits.loc[wanted]
    try:
        view = connection.execute(f'from exhibits."{wanted}"').df()
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise Mistake("table_not_built", table=f"exhibits.{wanted}") from error
    cells = _in_language(connection, _as_text(view, int(exhibit["decimals"])), language(lang))
    warning = message("table_synthetic", lang) if _is_synthetic(connection, wanted) else ""
    # in a table of variants the rows are what the others have as columns
    notes = _notes(connection, exhibit, [*view.columns, *view["row_label"]], language(lang))
    return PrintedTable(wanted, exhibit[f"title_{language(lang)}"], warning, cells, notes)


def _exhibits(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    try:
        return connection.execute("from specifications.exhibits order by rowid").df().fillna("")
    except duckdb.CatalogException as error:
        raise Mistake("table_not_built", table="specifications.exhibits") from error


def _nearest(wanted: str, names: list[str]) -> list[str]:
    """Return the names nearest to `wanted`: those that contain it, then those spelt like it."""
    containing = [name for name in names if wanted.lower() in name]
    alike = difflib.get_close_matches(wanted.lower(), names, n=NEAREST, cutoff=0.5)
    return list(dict.fromkeys([*containing, *alike]))[:NEAREST] or names[:NEAREST]


def _as_text(view: pd.DataFrame, decimals: int) -> pd.DataFrame:
    """Return numbers as text: counts with thousands commas, others with `decimals` decimals."""
    def shown(value: object) -> str:
        if value is None or pd.isna(value):
            return ""
        if isinstance(value, float):
            return f"{value:,.{decimals}f}"
        return f"{value:,}" if isinstance(value, int) else str(value)

    return view.astype(object).map(shown)


def _in_language(connection: duckdb.DuckDBPyConnection, cells: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Return the cells with labels, headings and words of the language, without lines that hold nothing.

    The first column, the names of the rows, has no heading.
    """
    labels = cells["row_label_zh" if lang == "zh" else "row_label"]
    cells = cells.drop(columns=["row_label", "row_label_zh"])
    if lang == "zh":
        pairs = connection.execute("select word_en, word_zh from specifications.exhibit_words").fetchall()
        words = {str(english): str(chinese) for english, chinese in pairs}
        cells = cells.rename(columns=words).map(lambda cell: words.get(cell, cell))
    cells.insert(0, "", labels)
    return cells[cells.ne("").any(axis=1)].reset_index(drop=True)


def _notes(
    connection: duckdb.DuckDBPyConnection, exhibit: pd.Series, headings: list[str], lang: str
) -> tuple[str, ...]:
    notes = [message(f"table_{exhibit['printed']}", lang)]
    if exhibit["in_parentheses"]:
        notes += [message(f"table_{exhibit['in_parentheses']}", lang), message("table_stars", lang)]
    if exhibit[f"note_{lang}"]:
        notes.append(exhibit[f"note_{lang}"])
    failed: dict[str, list[str]] = {}
    for reason, heading in _failures(connection, exhibit, lang):
        if heading in headings or exhibit["layout"] == DESCRIPTIVE:
            failed.setdefault(reason, []).append(heading)
    notes += [message("table_column_failed", lang, column="; ".join(columns), reason=reason)
              for reason, columns in failed.items()]
    return tuple(notes)


def _is_synthetic(connection: duckdb.DuckDBPyConnection, name: str) -> bool:
    """True where a fit behind the table, or any fit where the table has none, stands on synthetic numbers."""
    kinds = connection.execute(
        "select bool_or(data_kind = 'synthetic') filter (where specification_id in (select specification_id "
        "from exhibits.exhibit_columns where exhibit = ?)), bool_or(data_kind = 'synthetic') "
        "from estimates.fit_statistics", [name],
    ).fetchone() or (None, None)
    return bool(kinds[1] if kinds[0] is None else kinds[0])


def _failures(
    connection: duckdb.DuckDBPyConnection, exhibit: pd.Series, lang: str
) -> list[tuple[str, str]]:
    """Return reason and heading (descriptive statistics: specification) of what could not be estimated."""
    reason = "failure_message_zh" if lang == "zh" else "failure_message"
    if exhibit["layout"] == DESCRIPTIVE:
        chosen = "specification_id as name from estimates.fit_statistics where list_contains("
        chosen += "string_split(?, ' + '), specification_id)"
    else:
        chosen = "table_column as name from exhibits.exhibit_columns "
        chosen += "inner join estimates.fit_statistics using (specification_id) where exhibit = ?"
    wanted = exhibit["sample_of"] if exhibit["layout"] == DESCRIPTIVE else exhibit.name
    return connection.execute(f"select {reason}, {chosen} and {reason} is not null", [wanted]).fetchall()
