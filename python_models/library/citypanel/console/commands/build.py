"""Commands around a build: check a yearbook folder, build, print the summary."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from citypanel.console.bilingual import BilingualArgument, BilingualCommand, unpublished_option
from citypanel.messages import message
from citypanel.project import project_root, yearbook_folder

if TYPE_CHECKING:
    from citypanel.importing import Problem


@click.command(cls=BilingualCommand, context_settings={"ignore_unknown_options": True})
@click.argument("dbt_arguments", nargs=-1, type=click.UNPROCESSED, cls=BilingualArgument)
def build(dbt_arguments: tuple[str, ...]) -> None:
    """Check the yearbook folder, run `dbt build`, print the summary."""
    from citypanel.console.building import build as run_build

    root = project_root()
    folder = yearbook_folder(root)
    shown = folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder
    _report_gate(shown, _report_folder(shown, with_warnings=False))
    code = run_build(root, dbt_arguments)
    if code:
        click.echo(message("build_failed", code=code, log=root / "logs" / "dbt.log"), err=True)
        sys.exit(code)
    _print_summary(root, unpublished=True)


@click.command(cls=BilingualCommand)
@unpublished_option
def summary(unpublished: bool) -> None:
    """Print the summary of the publication, or of the database, again."""
    _print_summary(project_root(), unpublished)


@click.command(cls=BilingualCommand)
@click.argument("folder", type=click.Path(path_type=Path))
def check(folder: Path) -> None:
    """Check a yearbook folder; exit with 1 where a build would stop."""
    from citypanel.importing.check_gate import OPEN

    problems = _report_folder(folder, with_warnings=True)
    if _report_gate(folder, problems):
        sys.exit(1)
    may_stop = sum(problem.message_id == OPEN for problem in problems)
    if may_stop:
        click.echo(message("folder_may_stop_at_the_gate", folder=folder, count=may_stop))
    else:
        click.echo(message("folder_is_good", folder=folder))


def _report_folder(folder: Path, with_warnings: bool) -> list[Problem]:
    """Print and return the problems of a yearbook folder (warnings: or count them); exit 1 on an error."""
    from citypanel.importing import check_folder

    problems = check_folder(folder)
    shown = [problem for problem in problems if problem.severity != "warn" or with_warnings]
    for problem in shown:
        click.echo(str(problem), err=True)
    if len(shown) < len(problems):
        click.echo(message("folder_warnings", count=len(problems) - len(shown), folder=folder), err=True)
    if any(problem.severity == "error" for problem in problems):
        sys.exit(1)
    return problems


def _report_gate(folder: Path, problems: list[Problem]) -> int:
    """Say that a build stops at the gate where it will; return how many numbers stop it."""
    stopping = sum(problem.severity == "gate" for problem in problems)
    if stopping:
        click.echo(message("folder_stops_at_the_gate", folder=folder, count=stopping), err=True)
    return stopping


def _print_summary(root: Path, unpublished: bool) -> None:
    from citypanel.console.summary import summary as summary_text

    click.echo(summary_text(root, unpublished))
