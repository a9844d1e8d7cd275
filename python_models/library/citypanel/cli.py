"""The command `citypanel`: a thin layer of click over the library.

A mistake of the user's (an absent folder, a misspelt table, a held database) is one message and exit code 1,
never a traceback; a wrong option is click's own message and exit code 2.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from citypanel.console.bilingual import BilingualArgument, BilingualCommand, BilingualGroup, BilingualOption
from citypanel.messages import LANGUAGES, Mistake, message
from citypanel.project import ProjectNotFound, database_path, project_root, yearbook_folder

FORMATS = ("table", "md", "csv", "xlsx", "dta")
TABLE_FORMATS = ("table", "md", "csv")
FOLDER = click.Path(path_type=Path)


def _set_language(_context: click.Context, _option: click.Parameter, value: str | None) -> None:
    if value:
        os.environ["CITYPANEL_LANG"] = value


@click.group(cls=BilingualGroup)
@click.option("--lang", cls=BilingualOption, type=click.Choice(LANGUAGES), is_eager=True, expose_value=False,
              callback=_set_language)
@click.version_option(package_name="citypanel")
def commands() -> None:
    """Panel of Chinese cities: see `help_citypanel` in the messages."""


@commands.command(cls=BilingualCommand, context_settings={"ignore_unknown_options": True})
@click.argument("dbt_arguments", nargs=-1, type=click.UNPROCESSED, cls=BilingualArgument)
def build(dbt_arguments: tuple[str, ...]) -> None:
    """Check the yearbook folder, run `dbt build`, print the summary."""
    from citypanel.console.building import build as run_build

    root = project_root()
    folder = yearbook_folder(root)
    _report_folder(folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder, "error")
    code = run_build(root, dbt_arguments)
    if code:
        click.echo(message("build_failed", code=code, log=root / "logs" / "dbt.log"), err=True)
        sys.exit(code)
    _print_summary(root)


@commands.command(cls=BilingualCommand)
def summary() -> None:
    """Print the summary of the last build again."""
    _print_summary(project_root())


@commands.command(cls=BilingualCommand)
@click.argument("statement")
@click.option("--format", "style", cls=BilingualOption, type=click.Choice(FORMATS), default=None)
@click.option("--out", cls=BilingualOption, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--limit", cls=BilingualOption, type=click.IntRange(min=0), default=200, show_default=True)
def query(statement: str, style: str | None, out: Path | None, limit: int) -> None:
    """Ask the database one SQL question."""
    from citypanel.console.database import open_read_only
    from citypanel.console.formats import TEXT_FORMATS, as_text, format_of_ending, write_file
    from citypanel.console.querying import run_query

    style = style or (format_of_ending(out) if out else "table")
    if out is None and style not in TEXT_FORMATS:
        raise Mistake("query_needs_out", format=style)
    with open_read_only(database_path(project_root())) as connection:
        frame = run_query(connection, statement)
    if out is not None:
        for note in write_file(frame, style, out):
            click.echo(note, err=True)
        click.echo(message("result_written", file=out, rows=len(frame)), err=True)
        return
    shown = frame if style == "csv" or not limit else frame.head(limit)
    click.echo(as_text(shown, style))
    if len(shown) < len(frame):
        click.echo(message("rows_not_shown", shown=len(shown), rows=len(frame)), err=True)


@commands.command(cls=BilingualCommand)
@click.argument("name", required=False)
@click.option("--lang", cls=BilingualOption, type=click.Choice(LANGUAGES), is_eager=True, expose_value=False,
              callback=_set_language)
@click.option("--format", "style", cls=BilingualOption, type=click.Choice(TABLE_FORMATS), default="table",
              show_default=True)
def table(name: str | None, style: str) -> None:
    """Print a table of the studies; without a name, list them."""
    from citypanel.console.database import open_read_only
    from citypanel.console.formats import as_text
    from citypanel.console.tables import table_text
    from citypanel.exhibits.printed_tables import list_tables, printed_table

    with open_read_only(database_path(project_root())) as connection:
        if name is None:
            click.echo(as_text(list_tables(connection), style))
            return
        printed = printed_table(connection, name)
    click.echo(table_text(printed, style))
    if style == "csv":
        click.echo("\n".join(filter(None, [printed.title, printed.warning, *printed.notes])), err=True)


@commands.command(cls=BilingualCommand)
@click.argument("name")
@click.option("--city", cls=BilingualOption)
@click.option("--year", cls=BilingualOption, type=int)
@click.option("--estimate", "specification", cls=BilingualOption, metavar="SPECIFICATION")
@click.option("--lang", cls=BilingualOption, type=click.Choice(LANGUAGES), is_eager=True, expose_value=False,
              callback=_set_language)
def explain(name: str, city: str | None, year: int | None, specification: str | None) -> None:
    """Say what stands behind a number of the panel or an estimate."""
    from citypanel.console.database import open_read_only
    from citypanel.console.explain import explain_estimate, explain_number

    if specification is None and (city is None or year is None):
        raise Mistake("explain_needs_a_cell", name=name)
    with open_read_only(database_path(project_root())) as connection:
        if specification is not None:
            click.echo(explain_estimate(connection, specification, name))
        elif city is not None and year is not None:
            click.echo(explain_number(connection, name, city, year))


@commands.command(cls=BilingualCommand)
@click.argument("folder", type=FOLDER)
def check(folder: Path) -> None:
    """Check a yearbook folder."""
    _report_folder(folder, "warn")
    click.echo(message("folder_is_good", folder=folder))


@commands.command("import", cls=BilingualCommand)
@click.argument("folder", type=FOLDER)
@click.option("--out", cls=BilingualOption, type=FOLDER, required=True)
@click.option("--unit", "units", cls=BilingualOption, multiple=True, metavar="HEADER=UNIT")
@click.option("--year", "years", cls=BilingualOption, multiple=True, metavar="FILE=YEAR")
@click.option("--edition", "editions", cls=BilingualOption, multiple=True, metavar="FILE=YEAR")
def import_workbooks(
    folder: Path, out: Path, units: tuple[str, ...], years: tuple[str, ...], editions: tuple[str, ...]
) -> None:
    """Import a folder of workbooks as a yearbook folder."""
    from citypanel.importing import import_folder
    from citypanel.importing.stated_years import stated_years

    for unit in units:
        if not all(unit.partition("=")):
            raise Mistake("import_unit_unreadable", value=unit)
    told = {header: unit for header, _, unit in (each.rpartition("=") for each in units)}
    stated = stated_years(folder, out, years, editions)
    done = import_folder(folder, out, units=told, stated=stated, progress=click.echo)
    click.echo(message("import_written", folder=done.out, sources=len(done.sources), cells=f"{done.cells:,}",
                       files=len(done.files), refused=len(done.refused_files), report=done.report))


@commands.command(cls=BilingualCommand)
@click.option("--out", cls=BilingualOption, type=FOLDER, required=True)
@click.option("--seed", cls=BilingualOption, type=int, default=1, show_default=True)
@click.option("--noise", cls=BilingualOption, type=float, default=1.0, show_default=True)
@click.option("--defects", cls=BilingualOption, type=float, default=1.0, show_default=True)
@click.option("--planted", cls=BilingualOption, type=FOLDER)
def sample(out: Path, seed: int, noise: float, defects: float, planted: Path | None) -> None:
    """Write the synthetic yearbook."""
    from citypanel.sample import write_sample

    write_sample(out, seed=seed, noise=noise, defects=defects, planted=planted)
    click.echo(message("sample_written", folder=out))


@commands.command(cls=BilingualCommand)
def reference() -> None:
    """Make the reference rosters again."""
    try:
        from citypanel.reference.__main__ import SEEDS, write_roster

        write_roster(SEEDS)
    except ModuleNotFoundError as error:
        raise Mistake("reference_needs_packages", package=error.name) from error


def _report_folder(folder: Path, least: str) -> None:
    """Print the problems of a yearbook folder (least "error": count the warnings); exit 1 on an error."""
    from citypanel.importing import check_folder

    problems = check_folder(folder)
    shown = [problem for problem in problems if problem.severity == "error" or least == "warn"]
    for problem in shown:
        click.echo(str(problem), err=True)
    if len(shown) < len(problems):
        click.echo(message("folder_warnings", count=len(problems) - len(shown), folder=folder), err=True)
    if any(problem.severity == "error" for problem in problems):
        sys.exit(1)


def _print_summary(root: Path) -> None:
    from citypanel.console.summary import summary as summary_text

    click.echo(summary_text(root))


def main() -> None:
    """Run the command; print a user's mistake as one message and exit with 1."""
    for stream in (sys.stdout, sys.stderr):
        # a console that lacks a character shows a question mark instead of ending in a traceback
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        commands(prog_name="citypanel")
    except (Mistake, ProjectNotFound) as mistake:
        click.echo(str(mistake), err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
