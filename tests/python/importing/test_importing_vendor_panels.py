"""The real vendor panels, read in place where they are present; none of them is copied."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented_workbooks import cells, table

from citypanel.importing import ImportSummary, import_folder
from citypanel.importing.tables import KEYS


@pytest.fixture(scope="module")
def vendor_panels(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> ImportSummary:
    return import_folder(shared / "real" / "vendor_panels", tmp_path_factory.mktemp("real") / "real")


@pytest.mark.shared
def test_five_vendor_workbooks_are_read_and_the_exchange_rates_refused(vendor_panels: ImportSummary) -> None:
    assert vendor_panels.refused_files == ["汇率.xlsx"]
    assert {(r.file, r.message_id) for r in vendor_panels.refusals if r.file == "汇率.xlsx"} == {
        ("汇率.xlsx", "import_no_city_column")
    }
    rows = {name: sum(counts.values()) for name, counts in vendor_panels.tables.items() if counts}
    assert rows == {"population": 8046, "gdp": 7974 + 7104 + 6064, "finance": 6118, "trade": 6981}


@pytest.mark.shared
def test_vendor_columns_mean_what_their_headers_say(vendor_panels: ImportSummary) -> None:
    mapped = {
        c.header.printed: (c.indicator_id, c.unit_origin)
        for panel in vendor_panels.panels
        for c in panel.columns
        if c.indicator_id
    }
    assert mapped == {
        "外商直接投资": ("fdi_10k_usd", "unit_column"),
        "gdp（亿元人民币）": ("gdp_100m_yuan", "header"),
        "第一产业增加值（亿元人民币）": ("primary_value_added_100m_yuan", "header"),
        "第二产业增加值": ("secondary_value_added_100m_yuan", "neighbours"),
        "第三产业增加值": ("tertiary_value_added_100m_yuan", "neighbours"),
        "名义GDP": ("gdp_100m_yuan", "agreement"),
        "GDP指数": ("real_gdp_index", "name"),
        "行政区域土地面积(平方公里)": ("land_area_sq_km", "header"),
        "常住人口（万人）": ("resident_population_10k_persons", "header"),
        "地区生产总值(万元)": ("gdp_100m_yuan", "header"),
        "年末金融机构各项贷款余额(万元)": ("loans_10k_yuan", "header"),
        "年末金融机构存款余额(万元)": ("deposits_10k_yuan", "header"),
    }


@pytest.mark.shared
def test_vendor_cities_rows_and_sources_are_as_the_files_print_them(vendor_panels: ImportSummary) -> None:
    fdi = next(panel for panel in vendor_panels.panels if "FDI" in panel.file)
    assert sum(row.match.kind == "without_suffix" for row in fdi.rows) > 6000
    assert vendor_panels.not_cities["advert"] == 8 and vendor_panels.not_cities["total"] == 28
    assert not vendor_panels.not_cities["ambiguous"] and not vendor_panels.matches["unknown_city"]
    order = [source.source_id for source in vendor_panels.sources if source.source_id.startswith(("2", "金"))]
    assert order == [
        "2000_2023地级市产业结构",
        "296个地级市gdp相关数据_以2000年为基期",
        "298个地级市人口密度1998_2024年无缺失",
        "金融发展水平_2003_2023_236缺失",
    ]


@pytest.mark.shared
def test_every_number_of_the_tables_is_traced_to_one_cell(vendor_panels: ImportSummary) -> None:
    printed = sum(
        bool(text)
        for name, counts in vendor_panels.tables.items()
        if counts
        for row in table(vendor_panels, name)
        for header, text in row.items()
        if header not in KEYS
    )
    assert len(cells(vendor_panels, "is_candidate and indicator_id <> ''")) == printed
    beijing = cells(
        vendor_panels,
        "city_id = 'beijing' and year = 2000 and column_printed = '第一产业增加值（亿元人民币）'",
    )
    assert [(c["value_printed"], c["cell"], c["row"]) for c in beijing] == [("79.3000030517578", "G2", 2)]
