"""Commands around a build: check a yearbook folder, build, print the summary."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from citypanel.console.bilingual import BilingualArgument, BilingualCommand, unpublished_option
from citypanel.messages import message
from citypanel.project import project_root, yearbook_folder


@click.command(cls=BilingualCommand, context_settings={"ignore_unknown_options": True})
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
    _print_summary(root, unpublished=True)


@click.command(cls=BilingualCommand)
@unpublished_option
def summary(unpublished: bool) -> None:
    """Print the summary of the publication, or of the database, again."""
    _print_summary(project_root(), unpublished)


@click.command(cls=BilingualCommand)
@click.argument("folder", type=click.Path(path_type=Path))
def check(folder: Path) -> None:
    """Check a yearbook folder."""
    _report_folder(folder, "warn")
    click.echo(message("folder_is_good", folder=folder))


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


def _print_summary(root: Path, unpublished: bool) -> None:
    from citypanel.console.summary import summary as summary_text

    click.echo(summary_text(root, unpublished))
