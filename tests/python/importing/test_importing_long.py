"""Long files: cities, headers and units as in short ones; numbers in cells.parquet, not in the tables."""

from __future__ import annotations

import csv
from functools import partial
from pathlib import Path

import duckdb
import pytest
from invented_workbooks import (
    CITIES,
    Import,
    Rows,
    cells,
    column,
    import_sheets,
    panel_rows,
    read_all_as_long,
    table,
)

from citypanel.importing import ImportSummary, import_folder

LONG = ["年份", "省份", "城市", "指标", "数值", "单位"]
YEARS = range(2010, 2016)


@pytest.fixture(autouse=True)
def everything_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    read_all_as_long(monkeypatch)


@pytest.fixture
def imported(tmp_path: Path) -> Import:
    return partial(import_sheets, tmp_path)


def long_rows() -> list[list[str]]:
    """Two indicators of the dictionary, another one, a province, a mark, a repeated row, a conflict."""
    rows = [
        [str(year), province, city, indicator, value.format(10 * place + year), unit]
        for indicator, value, unit in (
            ("年末户籍人口", "{:,}.50", "万人"),
            ("地区生产总值", "{}", "万元"),
            ("蓝天天数", "{}", "天"),
        )
        for place, (city, province) in enumerate(CITIES)
        for year in YEARS
    ]
    rows[3][4], rows[4][4] = "—", "约七百"
    rows += [
        ["2010", "江苏省", "江苏省", "年末户籍人口", "7466", "万人"],
        rows[0],
        [*rows[1][:4], "9", "万人"],
    ]
    return [*rows, LONG, ["注：数据来源于统计年鉴", "", "", "", "", ""]]


def write(place: Path, encoding: str = "utf-8", name: str = "long.csv") -> Path:
    """Write the long table."""
    (place / "workbooks").mkdir(exist_ok=True)
    with (place / "workbooks" / name).open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream).writerows([LONG, *long_rows()])
    return place / "workbooks"


def check(summary: ImportSummary) -> None:
    """What an import of the long table must have made of it."""
    found = {(c["city_id"], c["year"], c["indicator_printed"]): c for c in cells(summary, "is_candidate")}
    assert len(found) == 90 and not any(summary.tables.values())
    first = found["jiangsu_suzhou", 2010, "年末户籍人口"]
    assert (first["value_printed"], first["value"], first["row"]) == ("2,010.50", 2010.5, 2)
    gdp = found["zhejiang_taizhou", 2015, "地区生产总值"]
    assert (gdp["indicator_id"], gdp["factor"], gdp["value"]) == ("gdp_100m_yuan", 0.0001, 2055 / 10000)
    assert (gdp["unit_printed"], gdp["unit"], gdp["match_kind"]) == ("万元", "100m yuan", "exact")
    assert found["jiangsu_suzhou", 2013, "年末户籍人口"]["value_printed"] == "—"
    assert found["jiangsu_suzhou", 2014, "年末户籍人口"]["value"] is None
    blue = found["anhui_suzhou", 2012, "蓝天天数"]
    assert (blue["indicator_id"], blue["unit_printed"], blue["value"]) == ("", "天", 2032.0)
    assert [c["match_kind"] for c in cells(summary, "city_id is null")] == ["province"]
    assert sum(summary.choice.repeated.values()) == 1 and len(summary.choice.conflicts) == 1
    assert {c["is_tabulated"] for c in cells(summary)} == {False}
    assert column(summary, "蓝天天数").reason == "unknown"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_long_table_is_read_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    check(import_folder(write(tmp_path, encoding), tmp_path / "mine"))


def test_a_long_table_is_read_from_parquet_and_workbook(tmp_path: Path, imported: Import) -> None:
    made = write(tmp_path) / "long.csv"
    rows_of = f"from read_csv('{made}', all_varchar = true)"
    duckdb.connect().execute(f"copy ({rows_of}) to '{made.with_suffix('.parquet')}' (format parquet)")
    made.unlink()
    check(import_folder(made.parent, tmp_path / "mine"))
    made.with_suffix(".parquet").unlink()
    rows: Rows = [LONG, *([cell or None for cell in row] for row in long_rows())]
    check(imported({"long.xlsx": {"s": rows}}))


def test_a_wide_table_of_many_rows_is_read(tmp_path: Path) -> None:
    (tmp_path / "workbooks").mkdir()
    head = "年份,城市,地区生产总值_亿元_全市,外商直接投资,单位,蓝天天数\n"
    lines = [f"{year},{city},{year}.5,3,百万美元,—\n" for city, _ in CITIES for year in YEARS]
    (tmp_path / "workbooks" / "wide.csv").write_text(head + "".join(lines), encoding="utf-8")
    summary = import_folder(tmp_path / "workbooks", tmp_path / "mine")
    found = cells(summary, "city_id = 'jiangsu_wuxi' and year = 2011")
    assert [(c["indicator_id"], c["value"], c["cell"]) for c in found] == [
        ("gdp_100m_yuan", 2011.5, "C9"),
        ("fdi_10k_usd", 300.0, "D9"),
        ("", None, "F9"),
    ]


def test_units_printed_nowhere_are_settled_for_long_tables_too(tmp_path: Path, imported: Import) -> None:
    (tmp_path / "workbooks").mkdir()
    lines = [f"{y},{c},{(i + 1) * y * 1.001}\n" for i, (c, _) in enumerate(CITIES) for y in YEARS]
    (tmp_path / "workbooks" / "silent.csv").write_text(
        "年份,城市,名义GDP\n" + "".join(lines), encoding="utf-8"
    )
    stated = panel_rows("地区生产总值(万元)", lambda i, y: (i + 1) * y * 10000)
    summary = imported({"stated.xlsx": {"s": stated}})
    assert column(summary, "名义GDP").unit_evidence == "30/30"
    assert len(cells(summary, "is_candidate and indicator_id = 'gdp_100m_yuan'")) == 60


def test_a_long_file_beside_short_ones_changes_nothing_of_theirs(
    tmp_path: Path, imported: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = {"a.xlsx": {"s": panel_rows("年末户籍人口(万人)", lambda i, y: 100 + i)[:12]}}
    alone = imported(short)
    before = table(alone, "population"), cells(alone)
    write(tmp_path)
    both = imported({})
    assert (table(both, "population"), cells(both, "file = 'a.xlsx'")) == before
    assert len(cells(both, "file = 'long.csv'")) > 90


def test_importing_a_long_file_again_gives_the_same_bytes(tmp_path: Path) -> None:
    out = import_folder(write(tmp_path), tmp_path / "mine").out
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    import_folder(tmp_path / "workbooks", out)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_a_table_that_is_no_city_panel_is_refused(tmp_path: Path) -> None:
    (tmp_path / "workbooks").mkdir()
    for name, head in (("a", "年份,人口"), ("b", "城市,人口"), ("c", "x,y")):
        text = head + "\n" + "2010,5\n" * 200
        (tmp_path / "workbooks" / f"{name}.csv").write_text(text, encoding="utf-8")
    write(tmp_path)
    summary = import_folder(tmp_path / "workbooks", tmp_path / "mine")
    assert {r.file: r.message_id for r in summary.refusals} == {
        "a.csv": "import_no_city_column",
        "b.csv": "import_no_year_column",
        "c.csv": "import_no_table",
    }


def areas_and_misprint() -> list[str]:
    """Residents of whole cities and of districts in turn, with one number ten times too large."""
    wrong = (2, 2012)
    return [
        f"{year},{city},年末常住人口,{area},{(9000 if (place, year) == wrong else 900) + place + size},万人"
        for place, (city, _) in enumerate(CITIES)
        for year in YEARS
        for area, size in (("全市", 0), ("市辖区", -500), ("县域", -700))
    ]


def test_areas_in_a_column_of_a_long_table_do_not_mix(tmp_path: Path) -> None:
    (tmp_path / "workbooks").mkdir()
    text = "\n".join(["年份,城市,指标,口径,数值,单位", *areas_and_misprint()])
    (tmp_path / "workbooks" / "areas.csv").write_text(text, encoding="utf-8")
    summary = import_folder(tmp_path / "workbooks", tmp_path / "mine")
    found = cells(summary, "city_id = 'jiangsu_suzhou' and year = 2011 and is_candidate")
    assert {(c["indicator_id"], c["scope"], c["value"]) for c in found} == {
        ("resident_population_10k_persons", "city", 900.0),
        ("", "districts", 400.0),
        ("", "县域", 200.0),
    }
    assert not summary.choice.conflicts and {c["year_origin"] for c in found} == {"column"}
    assert [(m.cell.year, m.factor, m.cell.printed) for m in summary.magnitudes] == [(2012, "10", "9002")]


def test_a_long_table_named_after_an_area_is_about_it(tmp_path: Path) -> None:
    (tmp_path / "workbooks").mkdir()
    lines = [f"{year},{city},地区生产总值,5,亿元" for city, _ in CITIES for year in YEARS]
    (tmp_path / "workbooks" / "市辖区主要指标.csv").write_text(
        "\n".join(["年份,城市,指标,数值,单位", *lines]), encoding="utf-8"
    )
    summary = import_folder(tmp_path / "workbooks", tmp_path / "mine")
    assert column(summary, "地区生产总值").reason == "other_scope"
