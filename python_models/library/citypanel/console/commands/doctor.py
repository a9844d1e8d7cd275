"""Commands that say how things are: the scorecard of the data, the doctor for the environment."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from citypanel.console.bilingual import BilingualCommand, BilingualOption
from citypanel.console.commands.read import TABLE_FORMATS
from citypanel.messages import message
from citypanel.project import database_path, project_root


@click.command(cls=BilingualCommand)
@click.option("--out", cls=BilingualOption, type=click.Path(path_type=Path, file_okay=False))
def scorecard(out: Path | None) -> None:
    """Write the scorecard of the database in both languages."""
    from citypanel.quality.scorecard.page import scorecard_folder, write_scorecard

    database = database_path(project_root())
    for file in write_scorecard(database, out or scorecard_folder(database)):
        click.echo(message("scorecard_written", file=file))


@click.command(cls=BilingualCommand)
@click.option(
    "--format",
    "style",
    cls=BilingualOption,
    type=click.Choice(TABLE_FORMATS),
    default="table",
    show_default=True,
)
def doctor(style: str) -> None:
    """Check the environment and say what to do; exit with 1 where something is broken."""
    from citypanel.console.doctor.examination import as_report, examine

    checks = examine()
    click.echo(as_report(checks, style))
    if any(check.status == "error" for check in checks):
        sys.exit(1)
