"""click commands and options whose help is looked up in the dictionary of messages when it is printed.

The rows are `help_<command>` (first line: the short help), `help_<command>_<option>` and, for options of the
group, `help_citypanel_<option>`.
"""

from __future__ import annotations

import os
from typing import Any

import click

from citypanel.messages import LANGUAGES, message


class BilingualCommand(click.Command):
    """A command whose help is the message `help_<name>`."""

    def format_help_text(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help in the language in force."""
        self.help = message(f"help_{self.name}")
        super().format_help_text(context, formatter)

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the first sentence, whole: a cut Chinese sentence is no help."""
        return message(f"help_{self.name}").split("\n")[0]


class BilingualGroup(click.Group):
    """The group of all commands; its help is `help_citypanel`."""

    def format_help_text(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help in the language in force."""
        self.help = message("help_citypanel")
        super().format_help_text(context, formatter)


class BilingualOption(click.Option):
    """An option whose help is the message `help_<command>_<option>`."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option and its help in the language in force."""
        command = "citypanel" if ctx.parent is None else ctx.command.name
        self.help = message(f"help_{command}_{self.opts[-1].lstrip('-')}")
        return super().get_help_record(ctx)


class BilingualArgument(click.Argument):
    """An argument printed by its plain name in the usage line."""

    def make_metavar(self, *_context: Any) -> str:
        """Return the name without brackets and dots around the words dbt takes."""
        return "[-- DBT_ARGUMENTS]"


def _set_language(_context: click.Context, _option: click.Parameter, value: str | None) -> None:
    if value:
        os.environ["CITYPANEL_LANG"] = value


language_option = click.option("--lang", cls=BilingualOption, type=click.Choice(LANGUAGES), is_eager=True,
                               expose_value=False, callback=_set_language)  # fmt: skip
# a command that reads takes the publication unless it is asked for the database
unpublished_option = click.option("--unpublished", cls=BilingualOption, is_flag=True)
