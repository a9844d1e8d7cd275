"""The scorecard as one page, from the tables of a database and nothing else.

It opens without a network and without a script. A table that the database lacks (a build that stopped at the
gate, an older build) is one sentence in its section; the rest of the page stands.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb

from citypanel.messages import language
from citypanel.quality.scorecard import numbers, results, status, trust
from citypanel.quality.scorecard.missing_map import missing_map
from citypanel.quality.scorecard.pieces import Book, Html, paragraph
from citypanel.quality.scorecard.runs import Run, layers_tested, read_runs
from citypanel.quality.scorecard.style import STYLE
from citypanel.web_page import document, escaped, language_tag

Section = Callable[[Book], Html]
SECTIONS: dict[str, Section] = {
    "findings": trust.findings,
    "events": trust.events,
    "map": missing_map,
    "cells": numbers.cells,
    "imputation": numbers.imputation,
    "corrections": numbers.corrections,
    "conflicts": trust.conflicts,
    "expectations": trust.expectations,
    "regressions": results.regressions,
    "diagnostics": results.diagnostics,
    "replication": results.replication,
}
FILES = {"en": "scorecard.html", "zh": "scorecard.zh.html"}


def scorecard_pages(
    connection: duckdb.DuckDBPyConnection, lang: str | None = None, name: str = "",
    runs: Sequence[Run] = (), unreadable: int = 0,
) -> str:  # fmt: skip
    """Return the page in the language (`en`, `zh`; None: the one in force) from an open connection.

    The connection is only read. name: of the database, as the title says it; runs: the latest first, with the
    number of records that could not be read; without them the page says that no run is on record.
    """
    book = Book(connection, language(lang))
    tests = layers_tested(runs)
    sections: dict[str, Section] = {
        "layers": lambda each: status.layers(each, tests),
        "runs": lambda each: status.history(each, runs, unreadable),
        **SECTIONS,
    }
    inside = "\n".join(_section(book, key, made) for key, made in sections.items())
    links = "\n".join(f'<a href="#{key}">{escaped(book.say(key))}</a>' for key in sections)
    return _frame(book, name or _name_of(connection), links, status.cards(book, tests), inside)


def scorecard_folder(database: Path) -> Path:
    """Return where the scorecard of a database lies: build/scorecard/<name>."""
    return database.parent / "scorecard" / database.stem


def write_scorecard(database: Path, folder: Path) -> list[Path]:
    """Write the page in both languages to a folder; return the files.

    Raises `Mistake` where the database cannot be read or the folder not written.
    """
    from citypanel.console.database import open_read_only
    from citypanel.messages import Mistake

    runs, unreadable = read_runs(database)
    with open_read_only(database) as connection:
        pages = {
            file: scorecard_pages(connection, lang, database.stem, runs, unreadable)
            for lang, file in FILES.items()
        }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, page in pages.items():
            (folder / file).write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise Mistake("result_not_written", file=folder, error=error.strerror or error) from error
    return [folder / file for file in pages]


def _section(book: Book, key: str, made: Section) -> str:
    """Return a section; one whose tables are not there says so."""
    try:
        inside = made(book)
    except (duckdb.CatalogException, duckdb.BinderException):
        inside = paragraph(book.say("not_built"))
    return (f'<section id="{key}"><h2>{escaped(book.say(key))}</h2>\n'
            f"{paragraph(book.say(f'{key}_means'))}\n{inside}</section>")  # fmt: skip


def _name_of(connection: duckdb.DuckDBPyConnection) -> str:
    return str((connection.execute("select current_database()").fetchone() or ("",))[0])


def _frame(book: Book, name: str, links: str, cards: Html, inside: str) -> str:
    """Return the whole file."""
    title = book.say("title", name=name)
    other = "zh" if book.lang == "en" else "en"
    turn = f'<a href="{FILES[other]}" lang="{language_tag(other)}">{escaped(book.say("other_language"))}</a>'
    body = f"""<main>
<div class="over"><span>{escaped(book.say("over"))}</span>
{turn}</div>
<h1>{escaped(title)}</h1>
<p>{escaped(status.extent(book))}</p>
{status.banner(book)}
{cards}
<nav>
{links}
</nav>
{inside}
<footer>{escaped(book.say("footer"))}</footer>
</main>"""
    return document(title, book.lang, STYLE, body)
