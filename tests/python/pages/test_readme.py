"""README is true: its walkthroughs are followed as written, its queries answer, its numbers stand."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import openpyxl
import pytest
import reading
from conftest import Completed, Copy
from invented_workbooks import panel_rows

from citypanel.exhibits import readme_results

LANGUAGES = {"README.md": "en", "README.zh.md": "zh"}
# what a folder without regressions needs: the run of an import to its end is in test_real_data
PANEL_ONLY = ("--", "--select", "+city_year", "--exclude-resource-type", "test", "unit_test")


@pytest.fixture(scope="module")
def walked(built: Copy, tmp_path_factory: pytest.TempPathFactory) -> tuple[Copy, dict[str, Completed]]:
    """A copy in which every block of README was followed in its order, and what each command answered."""
    root = tmp_path_factory.mktemp("walked") / "city panel"
    copy = Copy(Path(shutil.copytree(built.root, root, ignore=shutil.ignore_patterns("__pycache__", "logs"))))
    _put_a_workbook(copy.root / "path" / "to" / "workbooks")
    answers: dict[str, Completed] = {}
    for block in reading.blocks(copy.root / "README.md"):
        if block.file:
            reading.follow(copy, block)
        elif block.language == "sh":
            for line in block.text.splitlines():
                if not line.startswith("make "):
                    of_import = "YEARBOOK=" in line and line.endswith("citypanel build")
                    answers[line] = reading.run(copy, line, *(PANEL_ONLY if of_import else ()))
    return copy, answers


def _put_a_workbook(folder: Path) -> None:
    """What a reader has: residents of five cities over six years."""
    folder.mkdir(parents=True)
    book = openpyxl.Workbook()
    for row in panel_rows("常住人口（万人）", lambda city, year: 300 + 10 * city + year - 2010):
        book.worksheets[0].append(row)
    book.save(folder / "人口.xlsx")


def test_every_command_of_the_readme_answers(walked: tuple[Copy, dict[str, Completed]]) -> None:
    answers = walked[1]
    assert sum(" query " in line for line in answers) >= 10
    failed = {line: done.stdout[-3000:] + done.stderr[-1500:] for line, done in answers.items()
              if done.returncode}  # fmt: skip
    assert not failed
    empty = [line for line, done in answers.items()
             if " query " in line and "--out" not in line and len(done.stdout.splitlines()) < 3]  # fmt: skip
    assert not empty


def test_the_new_indicator_is_in_the_dictionary_and_the_panel(
    walked: tuple[Copy, dict[str, Completed]],
) -> None:
    copy = walked[0]
    entry = copy.query("from indicators.dictionary where indicator_id = 'savings_per_resident_10k_yuan'")
    assert [*entry[["kind", "label_zh", "unit", "model"]].iloc[0]] == [
        "derived", "人均储蓄存款", "10k yuan", "household_wealth",
    ]  # fmt: skip
    panel = copy.query("select savings_per_resident_10k_yuan as a, household_savings_10k_yuan as b, "
                       "resident_population_10k_persons as c from panels.city_year where study_a_city")
    assert len(panel) > 3000 and panel["a"].notna().mean() > 0.9
    assert (panel["a"] - panel["b"] / panel["c"] / 1e4).abs().max() < 1e-12


def test_the_new_regression_is_estimated_with_the_new_indicator(
    walked: tuple[Copy, dict[str, Completed]],
) -> None:
    copy = walked[0]
    fit = copy.query("from estimates.fit_statistics where specification_id = 'W1.1'").iloc[0]
    assert fit["failure_message"] is None and fit["n_obs"] > 500
    terms = copy.query("select term, estimate from estimates.estimates "
                       "where specification_id = 'W1.1' and is_headline")
    assert set(terms["term"]) == {"digital_infrastructure_index", "loans_to_gdp_ratio",
                                  "savings_per_resident_10k_yuan", "_cons"}  # fmt: skip
    assert terms["estimate"].notna().all()


def test_the_import_has_its_own_database_with_the_numbers_of_the_workbook(
    walked: tuple[Copy, dict[str, Completed]],
) -> None:
    copy = walked[0]
    rows = copy.query("select city_id, year, resident_population_10k_persons as n from panels.city_year "
                      "where n is not null", copy.root / "build" / "mine.duckdb")
    assert len(rows) == 30 and rows.set_index(["city_id", "year"])["n"]["jiangsu_suzhou", 2012] == 302
    assert (copy.root / "build" / "mine-import-report.html").exists()


def test_both_languages_have_the_same_code(project_root: Path) -> None:
    code = [[block for block in reading.blocks(project_root / name) if block.language != "text"]
            for name in LANGUAGES]  # fmt: skip
    assert code[0] == code[1] and len(code[0]) > 10
    links = [[link for link in reading.links(project_root / name) if "README" not in link and "figures" not in
              link] for name in LANGUAGES]  # fmt: skip
    assert sorted(links[0]) == sorted(links[1])


@pytest.mark.parametrize("readme", LANGUAGES)
def test_the_summary_shown_is_the_one_printed(built: Copy, readme: str) -> None:
    shown = [block.text for block in reading.blocks(built.root / readme) if block.language == "text"]
    printed = built.run("citypanel", "summary", CITYPANEL_LANG=LANGUAGES[readme]).stdout.splitlines()
    assert len(shown) == 1 and set(shown[0].splitlines()) <= set(printed)


def test_the_results_shown_are_those_of_the_sample(built: Copy, tmp_path: Path) -> None:
    """What `make readme-results` would write is what stands there; figures to a hundredth of a point."""
    root = tmp_path / "project"
    for folder in ("docs/figures", "tests/planted"):
        shutil.copytree(built.root / folder, root / folder)
    for name in [*LANGUAGES, "dbt_project.yml"]:
        shutil.copy(built.root / name, root / name)
    (root / "build").mkdir()
    (root / "build" / "sample.duckdb").symlink_to(built.database)
    readme_results.write_results(root)
    for name in LANGUAGES:
        text = (root / name).read_text(encoding="utf-8")
        assert text == (built.root / name).read_text(encoding="utf-8"), f"{name}: run make readme-results"
        assert text.count("| 3,146 ") == 6 and ("SYNTHETIC" in text)
        assert re.search(r"\| (synthetic|模拟) \|", text)
    for figure in sorted((built.root / "docs" / "figures").glob("*.svg")):
        ours, theirs = (_skeleton(path) for path in (root / "docs" / "figures" / figure.name, figure))
        assert ours[0] == theirs[0], f"{figure.name}: run make readme-results"
        assert ours[1] == pytest.approx(theirs[1], abs=0.01)
        assert "SYNTHETIC" in ours[0] or "模拟" in ours[0]


def _skeleton(figure: Path) -> tuple[str, list[float]]:
    """The text of an SVG without its numbers, and its numbers; ids made from a hash left out."""
    text = re.sub(r"\b[mpC][0-9a-f]{10}\b|\bid=\"\w+\"", "", figure.read_text(encoding="utf-8"))
    number = r"-?\d+(?:\.\d+)?(?:e-?\d+)?"
    return re.sub(number, "#", text), [float(found) for found in re.findall(number, text)]
