"""The five real yearbook tables, read in place where they are present; none of them is copied."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented_workbooks import cells, table

from citypanel.importing import ImportSummary, import_folder

CNKI = "cnki_2-1_population_2017_edition.xls"
EMPLOYEES = "employees_by_sector_2015_edition_part2.xls"
SHARES = "employment_shares_2015_edition.xls"
PART = "employment_shares_2015_edition_part.xls"
SECTORS = ("第一产业", "第二产业", "第三产业")


@pytest.fixture(scope="module")
def yearbook_tables(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> ImportSummary:
    return import_folder(shared / "real" / "yearbook_tables", tmp_path_factory.mktemp("tables") / "tables")


def counts(summary: ImportSummary, file: str) -> dict[tuple[str, str], int]:
    """Number of different cities with a number, by indicator as printed and scope, of one file."""
    found: dict[tuple[str, str], set[object]] = {}
    for cell in cells(summary, f"file = '{file}' and city_id is not null and match_kind <> 'ambiguous'"):
        found.setdefault((str(cell["indicator_printed"]), str(cell["scope"])), set()).add(cell["city_id"])
    return {key: len(cities) for key, cities in found.items()}


@pytest.mark.shared
def test_four_tables_are_read_and_the_provinces_refused(yearbook_tables: ImportSummary) -> None:
    assert yearbook_tables.refused_files == ["administrative_divisions_not_city_data.xls"]
    assert {(r.file, r.message_id) for r in yearbook_tables.refusals if r.file != CNKI} == {
        ("administrative_divisions_not_city_data.xls", "import_provinces_only")
    }
    years = {panel.file: [(y.year, y.origin) for y in panel.data_years] for panel in yearbook_tables.panels}
    assert years == {
        CNKI: [(2016, "edition")], EMPLOYEES: [(2014, "title")],
        SHARES: [(2014, "edition")], PART: [(2014, "title")],
    }  # fmt: skip
    assert not yearbook_tables.not_cities["ambiguous"] and not yearbook_tables.matches["unknown_city"]


@pytest.mark.shared
def test_the_population_of_297_cities_in_2016(yearbook_tables: ImportSummary) -> None:
    found = counts(yearbook_tables, CNKI)
    assert found["年末户籍人口_全市", "city"] == 297 and found["年末户籍人口_市辖区", "districts"] == 296
    assert found["年平均人口_全市", "city"] == 290 and found["自然增长率_全市", "city"] == 292
    assert len([row for row in table(yearbook_tables, "population") if row["年末户籍人口_万人"]]) == 297
    (bozhou,) = cells(
        yearbook_tables,
        f"file = '{CNKI}' and city_id = 'anhui_bozhou' and indicator_id = 'hukou_population_10k_persons'",
    )
    assert (bozhou["city_printed"], bozhou["match_kind"], bozhou["sheet"]) == ("毫州市", "alias", "1-7")
    beijing = cells(yearbook_tables, f"file = '{CNKI}' and city_id = 'beijing'")
    assert [(c["cell"], c["value_printed"], c["scope"]) for c in beijing][:2] == [
        ("C7", "1363", "city"), ("D7", "1363", "districts"),
    ]  # fmt: skip
    assert {c["unit_printed"] for c in beijing} == {"万人", "‰"} and {c["year"] for c in beijing} == {2016}


@pytest.mark.shared
def test_the_employment_shares_of_290_cities_in_2014(yearbook_tables: ImportSummary) -> None:
    shares = {key: 290 for sector in SECTORS for key in (
        (f"{sector}从业人员比重_全市", "city"), (f"{sector}从业人员比重_市辖区", "districts"))}  # fmt: skip
    assert counts(yearbook_tables, SHARES) == shares
    part = counts(yearbook_tables, PART)
    assert part["第二产业从业人员比重_全市", "city"] == 42
    same = "year = 2014 and city_id = 'liaoning_fuxin' and indicator_printed = '第三产业从业人员比重_全市'"
    printed = {
        c["file"]: (c["cell"], c["value_printed"], c["unit_printed"]) for c in cells(yearbook_tables, same)
    }
    assert {float(text) for _, text, _ in printed.values()} == {49.82} and printed[PART][2] == "%"


@pytest.mark.shared
def test_the_employees_of_a_page_with_province_subtotals(yearbook_tables: ImportSummary) -> None:
    found = counts(yearbook_tables, EMPLOYEES)
    assert {found[f"{sector}_全市", "city"] for sector in SECTORS[1:]} == {42}
    rows = {row["城市"]: row for row in table(yearbook_tables, "employment")}
    assert len(rows) == 42 and rows["吉林市"]["第二产业从业人员_人"] == "207900"
    assert yearbook_tables.not_cities["province"] == 27 + 4 + 27 + 4
