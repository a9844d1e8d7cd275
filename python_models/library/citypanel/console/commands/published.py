"""The command about publications: what changed between two of them."""

from __future__ import annotations

import sys

import click

from citypanel.console.bilingual import BilingualCommand, BilingualOption, language_option
from citypanel.project import project_root

COMPARISON_FORMATS = ("table", "md", "csv", "json")


@click.command(cls=BilingualCommand)
@click.argument("before", default="previous")
@click.argument("after", default="current")
@click.option("--format", "style", cls=BilingualOption, type=click.Choice(COMPARISON_FORMATS),
              default="table", show_default=True)
@click.option("--limit", cls=BilingualOption, type=click.IntRange(min=0), default=10, show_default=True)
@click.option("--fail-on-differences", cls=BilingualOption, is_flag=True)
@language_option
def compare(before: str, after: str, style: str, limit: int, fail_on_differences: bool) -> None:
    """Say what changed between two publications."""
    from citypanel.console.comparing import compared, comparison_text, find_published
    from citypanel.publishing.comparison import differences

    root = project_root()
    earlier, later = find_published(root, before), find_published(root, after)
    changes = compared(earlier, later)
    click.echo(comparison_text(earlier, later, changes, style, limit))
    if fail_on_differences and differences(changes):
        sys.exit(1)
