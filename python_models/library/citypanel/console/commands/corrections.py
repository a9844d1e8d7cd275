"""The command that turns findings into proposed corrections."""

from __future__ import annotations

from pathlib import Path

import click

from citypanel.console.bilingual import BilingualCommand, BilingualOption
from citypanel.messages import message
from citypanel.project import database_path, project_root


@click.command(cls=BilingualCommand)
@click.option("--propose", cls=BilingualOption, is_flag=True, required=True)
@click.option("--out", cls=BilingualOption, type=click.Path(path_type=Path, dir_okay=False))
def corrections(propose: bool, out: Path | None) -> None:
    """Write the corrections that the findings propose, for review; apply none."""
    from citypanel.console.corrections import as_csv, proposed_corrections
    from citypanel.console.database import open_read_only

    with open_read_only(database_path(project_root())) as connection:
        rows = proposed_corrections(connection)
    if out is None:
        click.echo(as_csv(rows), nl=False)
    else:
        out.write_text(as_csv(rows), encoding="utf-8", newline="")
    click.echo(message("corrections_proposed", count=len(rows)), err=True)
