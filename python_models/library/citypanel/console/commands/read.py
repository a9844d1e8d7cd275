"""Commands that read the publication, or a built database, and change nothing: query, table, explain."""

from __future__ import annotations

from pathlib import Path

import click

from citypanel.console.bilingual import (
    BilingualCommand,
    BilingualOption,
    language_option,
    unpublished_option,
)
from citypanel.messages import Mistake, message
from citypanel.project import project_root

FORMATS = ("table", "md", "csv", "xlsx", "dta")
TABLE_FORMATS = ("table", "md", "csv")


@click.command(cls=BilingualCommand)
@click.argument("statement")
@click.option("--format", "style", cls=BilingualOption, type=click.Choice(FORMATS), default=None)
@click.option("--out", cls=BilingualOption, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--limit", cls=BilingualOption, type=click.IntRange(min=0), default=200, show_default=True)
@unpublished_option
def query(statement: str, style: str | None, out: Path | None, limit: int, unpublished: bool) -> None:
    """Ask the database one SQL question."""
    from citypanel.console.formats import TEXT_FORMATS, as_text, format_of_ending, write_file
    from citypanel.console.querying import run_query
    from citypanel.console.reading import open_for_reading, with_hint

    style = style or (format_of_ending(out) if out else "table")
    if out is None and style not in TEXT_FORMATS:
        raise Mistake("query_needs_out", format=style)
    root = project_root()
    try:
        with open_for_reading(root, unpublished) as connection:
            frame = run_query(connection, statement)
    except Mistake as mistake:
        raise with_hint(mistake, root, unpublished) from mistake
    if out is not None:
        for note in write_file(frame, style, out):
            click.echo(note, err=True)
        click.echo(message("result_written", file=out, rows=len(frame)), err=True)
        return
    shown = frame if style == "csv" or not limit else frame.head(limit)
    click.echo(as_text(shown, style))
    if len(shown) < len(frame):
        click.echo(message("rows_not_shown", shown=len(shown), rows=len(frame)), err=True)


@click.command(cls=BilingualCommand)
@click.argument("name", required=False)
@language_option
@click.option("--format", "style", cls=BilingualOption, type=click.Choice(TABLE_FORMATS), default="table",
              show_default=True)
@unpublished_option
def table(name: str | None, style: str, unpublished: bool) -> None:
    """Print a table of the studies; without a name, list them."""
    from citypanel.console.formats import as_text
    from citypanel.console.reading import open_for_reading
    from citypanel.console.tables import table_text
    from citypanel.exhibits.printed_tables import list_tables, printed_table

    with open_for_reading(project_root(), unpublished) as connection:
        if name is None:
            click.echo(as_text(list_tables(connection), style))
            return
        printed = printed_table(connection, name)
    click.echo(table_text(printed, style))
    if style == "csv":
        click.echo("\n".join(filter(None, [printed.title, printed.warning, *printed.notes])), err=True)


@click.command(cls=BilingualCommand)
@click.argument("name")
@click.option("--city", cls=BilingualOption)
@click.option("--year", cls=BilingualOption, type=int)
@click.option("--estimate", "specification", cls=BilingualOption, metavar="SPECIFICATION")
@language_option
@unpublished_option
def explain(
    name: str, city: str | None, year: int | None, specification: str | None, unpublished: bool
) -> None:
    """Say what stands behind a number of the panel or an estimate."""
    from citypanel.console.explaining.explanation import explain_estimate, explain_number
    from citypanel.console.reading import open_for_reading

    if specification is None and (city is None or year is None):
        raise Mistake("explain_needs_a_cell", name=name)
    with open_for_reading(project_root(), unpublished) as connection:
        if specification is not None:
            click.echo(explain_estimate(connection, specification, name))
        elif city is not None and year is not None:
            click.echo(explain_number(connection, name, city, year))
