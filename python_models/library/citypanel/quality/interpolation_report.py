"""What interpolation costs: its error on masked cells, and each headline coefficient with and without it.

`make masking` builds the yearbook folder in force a second time with `interpolation: off` (as the folder
`build/<name>_observed_only`, with a database of its own) and writes its section of docs/interpolation.md.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import click
import pandas as pd

from citypanel.console.building import run_dbt
from citypanel.console.database import open_read_only
from citypanel.messages import Mistake
from citypanel.project import BUILD_FOLDER, database_name, database_path, project_root, yearbook_folder

PAGE = Path("docs") / "interpolation.md"
# the coefficients and their fits, with all that they stand on
COMPARED = ("+path:models/estimates/estimates.sql", "+fit_statistics")
ERRORS = """
select indicator_id, gap_years, pattern, n_masked, root_mean_square_error_share, median_absolute_error_share,
    median_absolute_error_carried_share
from observations.interpolation_errors order by pattern desc, indicator_id, gap_years
"""
FILLED = "select count(*) as cells from observations.observations where status = 'I'"
ESTIMATES = """
select e.specification_id, e.term, e.estimate, e.std_error, f.n_obs, f.share_imputed
from estimates.estimates as e inner join estimates.fit_statistics as f using (specification_id)
where e.is_headline and e.estimate is not null and e.term <> '_cons'
"""


def main() -> None:
    """Build without interpolation, compare, write the section of this folder."""
    root = project_root()
    name = database_name()
    observed = build_observed_only(root, name)
    section = section_of(name, database_path(root), observed)
    page = root / PAGE
    page.write_text(with_section(page.read_text(encoding="utf-8"), name, section), encoding="utf-8")
    click.echo(f"{PAGE}: {name}")


def build_observed_only(root: Path, name: str) -> Path:
    """Build a copy of the yearbook folder with `interpolation: off`; return its database.

    Raises `Mistake` where the build fails.
    """
    folder = root / BUILD_FOLDER / f"{name}_observed_only"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(yearbook_folder(root), folder)
    left_out = ["--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"]
    arguments = ["build", "--quiet", "--vars", "interpolation: off", "--select", *COMPARED, *left_out]
    code = run_dbt(root, arguments, {"YEARBOOK": f"{BUILD_FOLDER}/{folder.name}"})
    if code:
        raise Mistake("build_failed", code=code, log=root / "logs" / "dbt.log")
    return folder.with_suffix(".duckdb")


def section_of(name: str, database: Path, observed: Path) -> str:
    """Return the section of one folder: cells filled, masked errors, coefficients on both databases."""
    with open_read_only(database) as connection:
        filled = int(connection.execute(FILLED).df()["cells"][0])
        errors = connection.execute(ERRORS).df()
        with_gaps_filled = connection.execute(ESTIMATES).df()
    with open_read_only(observed) as connection:
        observed_only = connection.execute(ESTIMATES).df()
    compared = with_gaps_filled.merge(
        observed_only, on=["specification_id", "term"], suffixes=("", "_observed")
    )
    return "\n".join(
        [f"{filled:,} cells are interpolated.", "", *_error_table(errors), "", *_coefficients(compared)]
    )


def with_section(page: str, name: str, section: str) -> str:
    """Return the page with the section of `name` replaced; raises `Mistake` without its marks."""
    marks = f"<!-- masking {name} -->", f"<!-- end masking {name} -->"
    if not all(mark in page for mark in marks):
        raise Mistake("masking_has_no_section", name=name, file=PAGE)
    inside = re.compile(re.escape(marks[0]) + ".*?" + re.escape(marks[1]), flags=re.DOTALL)
    return inside.sub(lambda _found: f"{marks[0]}\n\n{section}\n\n{marks[1]}", page)


def _error_table(errors: pd.DataFrame) -> list[str]:
    lines = [
        "| indicator | gap (years) | pattern | masked cells | root mean square error | median error "
        "| median error, last number carried forward |",
        "|---|---:|---|---:|---:|---:|---:|",
    ]
    for row in errors.itertuples():
        shares = (
            row.root_mean_square_error_share,
            row.median_absolute_error_share,
            row.median_absolute_error_carried_share,
        )
        cells = [f"{100 * value:.1f} %" for value in shares]
        lines.append(
            f"| `{row.indicator_id}` | {row.gap_years} | {row.pattern} | {row.n_masked} "
            f"| {' | '.join(cells)} |"
        )
    return lines


def _coefficients(compared: pd.DataFrame) -> list[str]:
    """Return the coefficients of fits that stand on interpolated cells, and a count of the others."""
    touched = compared[compared["share_imputed"] > 0].sort_values(["specification_id", "term"])
    others = compared[~compared.index.isin(touched.index)]
    change = (others["estimate"] - others["estimate_observed"]).abs() / others["std_error"]
    lines = [
        f"{others['specification_id'].nunique()} specifications stand on no interpolated cell; their "
        f"{len(others)} coefficients move by at most {change.max():.1g} standard errors."
    ]
    if touched.empty:
        return lines
    lines += [
        "",
        "| specification | term | rows | of which interpolated | estimate | on observed cells only | rows "
        "| change in standard errors |",
        "|---|---|---:|---:|---:|---:|---:|---:|",
    ]
    for row in touched.itertuples():
        moved = (row.estimate_observed - row.estimate) / row.std_error
        lines.append(
            f"| {row.specification_id} | `{row.term}` | {row.n_obs} | {100 * row.share_imputed:.1f} % "
            f"| {row.estimate:.4f} | {row.estimate_observed:.4f} | {row.n_obs_observed} | {moved:+.2f} |"
        )
    return lines


if __name__ == "__main__":
    main()
