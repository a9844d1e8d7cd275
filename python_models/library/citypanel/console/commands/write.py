"""Commands that write folders of tables: import workbooks, the synthetic yearbook, the rosters."""

from __future__ import annotations

from pathlib import Path

import click

from citypanel.console.bilingual import BilingualCommand, BilingualOption
from citypanel.messages import Mistake, message

FOLDER = click.Path(path_type=Path)


@click.command("import", cls=BilingualCommand)
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
    click.echo("\n".join(done.lines()[:-2]))
    click.echo(message("import_written", folder=done.out, sources=len(done.sources), cells=f"{done.cells:,}",
                       files=len(done.files), refused=len(done.refused_files), report=done.report))


@click.command(cls=BilingualCommand)
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


@click.command(cls=BilingualCommand)
def reference() -> None:
    """Make the reference rosters again."""
    try:
        from citypanel.reference.__main__ import SEEDS, write_roster

        write_roster(SEEDS)
    except ModuleNotFoundError as error:
        raise Mistake("reference_needs_packages", package=error.name) from error
