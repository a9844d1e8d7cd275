"""The panel for people with a spreadsheet or Stata: values, and beside them what each column means."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from citypanel.publishing import disk
from citypanel.publishing.content import quoted
from citypanel.publishing.spreadsheet import write_workbook
from citypanel.publishing.stata_file import LABEL_LENGTH, stata_names, write_stata
from citypanel.publishing.tables import COPY, Table

PANEL: Table = ("panels", "city_year")
DICTIONARY: Table = ("indicators", "dictionary")
VARIABLES = [
    "variable", "stata_name", "label_en", "label_zh", "unit", "kind", "formula", "formula_zh", "description",
    "description_zh",
]  # fmt: skip


def write_panel(
    connection: duckdb.DuckDBPyConnection, folder: Path, facts: dict[str, Any], published_at: datetime
) -> dict[str, str]:
    """Write city_year.xlsx, city_year.dta and city_year_variables.csv; return the Stata name of each column.

    `facts` (data kind, versions) are a third sheet, so that a workbook that is passed on says what it holds.
    """
    panel = connection.execute(f"from {quoted(COPY, *PANEL)} order by city_id, year").df()
    variables = _variables(connection, [str(column) for column in panel.columns])
    about = pd.DataFrame({"what": list(facts), "value": [str(value) for value in facts.values()]})
    sheets = {"city_year": panel, "variables": variables, "about": about}
    disk.write(folder / "city_year.xlsx", lambda path: write_workbook(path, sheets))
    labels = {str(row.variable): _label(row) for row in variables.itertuples()}
    title = f"City Panel {facts['name']}, {facts['data_kind']} data"
    names: dict[str, str] = disk.write(
        folder / "city_year.dta", lambda path: write_stata(panel, path, labels, title, published_at)
    )
    disk.write(folder / "city_year_variables.csv",
               lambda path: variables.to_csv(path, index=False, lineterminator="\n", encoding="utf-8"))
    return names


def _variables(connection: duckdb.DuckDBPyConnection, columns: list[str]) -> pd.DataFrame:
    """Return one row per column of the panel, in its order, with the dictionary's words."""
    words = connection.execute(f"from {quoted(COPY, *DICTIONARY)}").df().set_index("indicator_id")
    names = stata_names(columns)
    frame = pd.DataFrame({"variable": columns, "stata_name": [names[column] for column in columns]})
    return frame.join(words, on="variable").reindex(columns=VARIABLES)


def _label(row: Any) -> str:
    """Return the label of a column in both languages where 80 characters hold them, else in English."""
    english, chinese = (text if isinstance(text, str) else "" for text in (row.label_en, row.label_zh))
    both = f"{english} {chinese}".strip()
    return both if len(both) <= LABEL_LENGTH else english
