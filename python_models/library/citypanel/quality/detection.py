"""How many planted defects the checks find, and how many of their findings are planted.

`make quality-montecarlo` redraws the sample with other seeds and defect rates, misprints further cells
(`planted_defects`), runs the checks over each with an empty corrections register (`compiled_checks`), and
compares. The checks never see what was planted: it lies outside the folder that they read.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from citypanel.project import BUILD_FOLDER, SAMPLE_YEARBOOK
from citypanel.quality.compiled_checks import CompiledChecks
from citypanel.quality.planted_defects import plant
from citypanel.sample import write_yearbook

KEYS = ["source_id", "indicator_id", "city_id", "year"]
NOTHING_FURTHER = pd.DataFrame(columns=[*KEYS, "class", "true", "printed"])
# what is planted and no wrong number: typography, missing marks, names, repeated rows, jumps that are right
NO_WRONG_NUMBER = {
    "inner_space", "missing_mark", "duplicate_row", "renamed_city", "merged_city", "city_misprint",
    "boundary_jump",
}  # fmt: skip
# the list of the sample, with the ids of indicators and cities
LISTED = """
select class, source as source_id, indicator_id, city_id, year::integer as year, printed, "true"
from read_csv(?, all_varchar = true) as planted
inner join reference.indicators on planted."column" = indicators.printed_header
inner join
    (select distinct city_printed, year as name_year, city_id from observations.printed_cities) as names
    on planted.city = names.city_printed and planted.year::integer = names.name_year
"""
FINDINGS = f"select {', '.join(KEYS)}, finding_check, severity, evidence from quality.analytical_findings"
CELLS = "select count(*) from quality.compared_numbers"
NOISE = f"select {', '.join(KEYS)}, typical_deviation, is_positive from quality.expected_numbers"
# a misprint nearer to the truth than this many typical deviations of its city cannot be told from it
TELLING_DEVIATIONS = 3


def own_copy(root: Path) -> str:
    """Copy the shipped sample under build/, so that its database stays as it is; return the folder."""
    folder = f"{BUILD_FOLDER}/detection_sample"
    shutil.copytree(root / SAMPLE_YEARBOOK, root / folder, dirs_exist_ok=True)
    return folder


def redrawn_sample(root: Path, seed: int, rate: float) -> tuple[Path, Path, pd.DataFrame]:
    """Write a sample of another seed with `rate` times the defects, and further ones, without a register.

    Returns the folder, the sample's own list of defects, and the further ones.
    """
    folder = root / BUILD_FOLDER / f"detection_{seed}"
    beside = root / BUILD_FOLDER / f"detection_{seed}_planted"
    write_yearbook(folder, beside, seed=seed, defects=rate)
    _without_register(folder)
    # the sample's own defects come first, so a further one may lie on top: the comparison takes the last
    return folder, beside / "planted_defects.csv", plant(folder, root / "seeds" / "reference", seed, rate)


def spoiled_copy(root: Path, source: Path, seed: int) -> tuple[Path, pd.DataFrame]:
    """Copy a yearbook folder into build/ without its register, misprint cells, return folder and list."""
    folder = root / BUILD_FOLDER / f"detection_{source.name}_{seed}"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(source, folder)
    _without_register(folder)
    return folder, plant(folder, root / "seeds" / "reference", seed)


def _without_register(folder: Path) -> None:
    register = folder / "corrections.csv"
    header = register.read_text(encoding="utf-8").splitlines()[0]
    register.write_text(header + "\n", encoding="utf-8")


@dataclass(frozen=True)
class Comparison:
    """What was planted in one folder and what was found.

    planted: keys, class, telling (farther from the truth than its city's noise), found (at warn), checks.
    findings: columns of analytical_findings and class (missing: nothing planted there); of a copy, only
    those that the folder did not have before. cells: numbers looked at.
    """

    planted: pd.DataFrame
    findings: pd.DataFrame
    cells: int


def compared(
    connection: duckdb.DuckDBPyConnection,
    listed: Path | None,
    further: pd.DataFrame,
    before: pd.DataFrame | None = None,
) -> Comparison:
    """Compare the findings of a connection with the sample's own list and the further misprints.

    `before` are the findings of the same folder without the misprints (`findings_of`): what was found there
    already counts neither for nor against.
    """
    findings = connection.execute(FINDINGS).df()
    noise = connection.execute(NOISE).df()
    cells = int(connection.execute(CELLS).fetchall()[0][0])
    own = connection.execute(LISTED, [str(listed)]).df() if listed else further.iloc[:0]
    planted = pd.concat([own, further], ignore_index=True).drop_duplicates(KEYS, keep="last")
    if before is not None:
        known = before[[*KEYS, "finding_check"]].assign(before=True)
        findings = findings.merge(known, how="left", on=[*KEYS, "finding_check"])
        findings = findings[findings["before"].isna()].drop(columns="before")
    warned = findings[findings["severity"] == "warn"].groupby(KEYS)["finding_check"].agg(" ".join)
    planted = planted.merge(noise, on=KEYS, how="left")
    planted = planted.merge(warned.rename("checks"), left_on=KEYS, right_index=True, how="left")
    planted["found"] = planted["checks"].notna()
    planted["telling"] = _telling(planted)
    return Comparison(planted, findings.merge(planted[[*KEYS, "class"]], on=KEYS, how="left"), cells)


def findings_of(checks: CompiledChecks, folder: Path) -> pd.DataFrame:
    """Return the analytical findings of a yearbook folder: keys, finding_check, severity, evidence."""
    with checks.run_over(folder) as connection:
        return connection.execute(FINDINGS).df()


def _telling(planted: pd.DataFrame) -> pd.Series:
    """Return whether a misprint lies farther from the truth than its city's noise; unknown counts as far."""
    printed = pd.to_numeric(planted["printed"], errors="coerce")
    true = pd.to_numeric(planted["true"], errors="coerce")
    change = (printed / true).where((printed > 0) & (true > 0))
    logarithms = np.log(change).abs()
    levels = logarithms.where(planted["is_positive"].fillna(True).astype(bool), (printed - true).abs())
    return ~(levels < TELLING_DEVIATIONS * planted["typical_deviation"])
