"""What an import did: the record that the report, the terminal and the tests read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from citypanel.importing.cells import Panel
from citypanel.importing.meaning.magnitudes import Magnitude
from citypanel.importing.row_kinds import IN_TABLES
from citypanel.importing.source_agreement import CLASSES, SourceAgreement
from citypanel.importing.sources import Source
from citypanel.importing.tables import Choice
from citypanel.messages import message


@dataclass(frozen=True)
class Refusal:
    """A file, or one sheet of it (`sheet` empty: all of it), that was not read, and why."""

    file: str
    sheet: str
    message_id: str
    arguments: Mapping[str, Any]


@dataclass
class ImportSummary:
    """What an import did; `tables` counts the rows per yearbook table and source."""

    out: Path
    report: Path
    files: list[str] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    tables: dict[str, dict[str, int]] = field(default_factory=dict)
    choice: Choice = field(default_factory=Choice)
    magnitudes: list[Magnitude] = field(default_factory=list)
    agreements: list[SourceAgreement] = field(default_factory=list)

    @property
    def panels(self) -> list[Panel]:
        """Return the sheets that were read as city panels."""
        return [panel for source in self.sources for panel in source.panels]

    @property
    def cells(self) -> int:
        """Return the number of cells in cells.parquet."""
        return sum(panel.count for panel in self.panels)

    @property
    def refused_files(self) -> list[str]:
        """Return the files of which no sheet was read."""
        read = {source.file for source in self.sources}
        return [file for file in self.files if file not in read]

    @property
    def matches(self) -> Counter[str]:
        """Return the number of rows by how their city was found (rows that are no unit under what they
        are).
        """
        return Counter(
            row.match.kind if row.kind == "city" else row.kind for panel in self.panels for row in panel.rows
        )

    @property
    def not_cities(self) -> Counter[str]:
        """Return the number of rows that are no city-years, by kind."""
        return Counter(row.kind for panel in self.panels for row in panel.rows if row.kind not in IN_TABLES)

    def __str__(self) -> str:
        """Return the summary for the terminal."""
        return "\n".join(self.lines())

    def lines(self) -> list[str]:
        """Return the summary for the terminal, in the language in force."""
        columns = [column for panel in self.panels for column in panel.columns]
        mapped = sum(bool(column.indicator_id) for column in columns)
        return [
            message("import_summary_files", files=len(self.files), refused=len(self.refused_files)),
            *(
                message(
                    "import_summary_table", table=table, rows=f"{sum(rows.values()):,}", sources=len(rows)
                )
                for table, rows in self.tables.items()
                if rows
            ),
            message(
                "import_summary_columns", mapped=mapped, extra=len(columns) - mapped, cells=f"{self.cells:,}"
            ),
            message("import_summary_conflicts", conflicts=len(self.choice.conflicts)),
            *self._agreement(),
            *self._suspicions(),
            message("import_summary_report", report=self.report),
            message("import_summary_next", out=self.out),
        ]

    def _agreement(self) -> list[str]:
        """Return how the sources agree where several print one cell; nothing where none do."""
        cells = sum((each.cells for each in self.agreements), Counter())
        if not cells:
            return []
        counts = {kind.replace(" ", "_"): f"{cells[kind]:,}" for kind in CLASSES}
        return [message("import_summary_agreement", pairs=f"{cells.total():,}", **counts)]

    def _suspicions(self) -> list[str]:
        """Return what the user should look at: inferred years, suspect magnitudes."""
        inferred = sum(any("edition" in y.origin for y in panel.data_years) for panel in self.panels)
        lines = [message("import_summary_years", sheets=inferred)] if inferred else []
        if self.magnitudes:
            lines.append(message("import_summary_magnitudes", numbers=len(self.magnitudes)))
        return lines
