"""The command `citypanel`: a thin layer of click over the library; its commands lie in `console/commands`.

A mistake of the user's (an absent folder, a misspelt table, a held database) is one message and exit code 1,
never a traceback; a wrong option is click's own message and exit code 2.
"""

from __future__ import annotations

import sys

import click

from citypanel.console.bilingual import BilingualGroup, language_option
from citypanel.console.commands import build, corrections, doctor, published, read, write
from citypanel.messages import Mistake
from citypanel.project import ProjectNotFound


@click.group(cls=BilingualGroup)
@language_option
@click.version_option(package_name="citypanel")
def commands() -> None:
    """Panel of Chinese cities: see `help_citypanel` in the messages."""


for command in (
    build.build, build.summary, read.query, read.table, read.explain, build.check, write.import_workbooks,
    write.sample, write.reference, corrections.corrections, doctor.scorecard, doctor.doctor,
    published.compare,
):  # fmt: skip
    commands.add_command(command)


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
