"""Every check that quality.findings can name has its section, and the examples on the pages are true."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
import yaml
from conftest import ROOT, Copy

from citypanel.quality.compiled_checks import checks_of

PAGES = {"analytical": "checks.md", "logical": "checks_of_tables.md", "structural": "checks_of_tables.md"}
MISPRINTS = Path(__file__).with_name("misprints_of_the_page.csv")
EXAMPLE = re.compile(r"^In (the|a misprinted) sample: (\S+) (\d{4}) `(\w+)` `([^`]*)`, (.+)$", re.MULTILINE)
NAMED = """
select finding_check, name_zh, year, indicator_id, value, evidence
from quality.analytical_findings left join reference.cities using (city_id)
"""


def listed(depth: str) -> list[str]:
    """The checks that the variable of dbt_project.yml names."""
    project = yaml.safe_load((ROOT / "dbt_project.yml").read_text(encoding="utf-8"))
    found = [value[f"{depth}_checks"] for value in (project["vars"], *project["vars"].values())
             if isinstance(value, dict) and f"{depth}_checks" in value]  # fmt: skip
    return list(found[0])


def sections(page: str) -> dict[str, str]:
    """Headings of the third order and the text below each."""
    parts = re.split(r"^### (.+)\n", (ROOT / "docs" / page).read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {name: re.split(r"^## ", text, flags=re.MULTILINE)[0]
            for name, text in zip(parts[1::2], parts[2::2], strict=True)}  # fmt: skip


@pytest.mark.parametrize("depth", PAGES)
def test_the_models_are_the_checks_listed(depth: str) -> None:
    models = {path.stem for path in (ROOT / "models" / "quality" / depth).glob("*.sql")}
    assert models == set(listed(depth))


@pytest.mark.parametrize("page", sorted(set(PAGES.values())))
def test_every_check_has_its_section_and_no_section_another(page: str) -> None:
    checks = [check for depth in PAGES if PAGES[depth] == page for check in listed(depth)]
    written = [name for name in sections(page) if re.fullmatch(r"[a-z]+(_[a-z]+)+", name)]
    assert sorted(written) == sorted(checks)


def test_every_section_says_what_to_do_and_shows_an_example() -> None:
    for page in set(PAGES.values()):
        for name, text in sections(page).items():
            assert re.search(r"\*(Propose|Do)\*:|[Nn]othing is (proposed|wrong)", text), name
            assert re.search(r"[Ii]n (the|a misprinted) sample: |For instance: ", text), name


def examples(kind: str) -> set[tuple[str, str, int, str, str, str]]:
    """What the page quotes: check, city, year, indicator, printed text, evidence."""
    return {(name, city, int(year), indicator, printed, evidence)
            for name, text in sections("checks.md").items()
            for which, city, year, indicator, printed, evidence in EXAMPLE.findall(text)
            if which == kind}  # fmt: skip


def rows(frame: pd.DataFrame) -> set[tuple[str, str, int, str, str, str]]:
    """Findings as the page quotes them."""
    return {tuple(row) for row in frame.itertuples(index=False)}


def test_the_examples_of_the_sample_are_findings_of_the_sample(built: Copy) -> None:
    quoted = examples("the")
    assert len(quoted) > 10
    assert not quoted - rows(built.query(NAMED))


def test_the_examples_of_a_misprinted_sample_are_found_there(built: Copy, tmp_path: Path) -> None:
    """Checks that find nothing in the sample as shipped: a folder with the misprints of the page."""
    folder = Path(shutil.copytree(built.root / "seeds" / "yearbook", tmp_path / "misprinted"))
    with MISPRINTS.open(encoding="utf-8", newline="") as stream:
        misprints = pd.DataFrame(csv.DictReader(stream))
    for table, cells in misprints.groupby("table"):
        printed = pd.read_csv(folder / f"{table}.csv", dtype=str, keep_default_na=False)
        for cell in cells.to_dict("records"):
            at = (printed["来源"] == cell["source"]) & (printed["城市"] == cell["city"])
            printed.loc[at & (printed["年份"] == cell["year"]), cell["column"]] = cell["printed"]
        printed.to_csv(folder / f"{table}.csv", index=False, lineterminator="\n")
    chosen = ("--select", "+analytical_findings", "--target-path", "compiled")
    assert built.dbt("compile", "--quiet", *chosen).returncode == 0
    manifest = json.loads((built.root / "compiled" / "manifest.json").read_text(encoding="utf-8"))
    with checks_of(built.database, manifest["nodes"]).run_over(folder) as connection:
        found = rows(connection.execute(NAMED).df())
    quoted = examples("a misprinted")
    assert len(quoted) >= 8
    assert not quoted - found
