"""`citypanel explain` both ways: a number down to its printed cells, an estimate down to its sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import duckdb
import pytest
from conftest import Copy

from citypanel.console.database import open_read_only
from citypanel.console.explaining.explanation import explain_estimate, explain_number
from citypanel.messages import Mistake

Ask = Callable[..., str]


@pytest.fixture(scope="module")
def connection(built: Copy) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_read_only(built.database) as opened:
        yield opened


@pytest.fixture
def ask(connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Explain a number in a language."""

    def explain(name: str, city: str, year: int, lang: str = "en") -> str:
        monkeypatch.setenv("CITYPANEL_LANG", lang)
        return explain_number(connection, name, city, year)

    return explain


def test_a_number_is_explained_with_its_place_and_all_its_sources(built: Copy, ask: Ask) -> None:
    text = ask("gdp", "苏州", 2019)
    rows = built.query(
        "select source_id, file, row_number, value_printed from observations.reported_observations "
        "where city_id = 'jiangsu_suzhou' and year = 2019 and indicator_id = 'gdp_100m_yuan'"
    )
    assert len(rows) == 3
    for row in rows.itertuples():
        assert row.source_id in text and f"printed: {row.value_printed} |" in text
        assert f"{row.file}, line {row.row_number}" in text
    assert "gdp_100m_yuan" in text and "Status A" in text and "in conflict" in text
    assert "loans_to_gdp_ratio: A1.2" in text and 'ask for "A: gdp"' in text


@pytest.mark.parametrize(
    ("name", "indicator_id"),
    [
        ("gdp_100m_yuan", "gdp_100m_yuan"),
        ("GDP", "gdp_100m_yuan"),
        ("地区生产总值", "gdp_100m_yuan"),
        ("地区生产总值_亿元", "gdp_100m_yuan"),
        ("average_wage", "average_wage_yuan"),
        ("Real GDP", "real_gdp_100m_yuan_2008"),
        ("digital", "digital_infrastructure_index"),
        ("A: digital", "digital_infrastructure_index"),
        ("a:gdp", "gdp_per_person_ln_yuan"),
        ("REG", "real_gdp_per_person_10k_yuan"),
    ],
)
def test_an_indicator_is_found_by_any_of_its_names(ask: Ask, name: str, indicator_id: str) -> None:
    assert f"({indicator_id})" in ask(name, "苏州市", 2015).splitlines()[0]


@pytest.mark.parametrize(
    ("city", "city_id"),
    [
        ("襄樊", "hubei_xiangyang"),
        ("Xiangfan", "hubei_xiangyang"),
        ("毫州", "anhui_bozhou"),
        ("吉林市", "jilin_jilin"),
        ("江苏苏州", "jiangsu_suzhou"),
        ("Suzhou, Anhui", "anhui_suzhou"),
        ("320500", "jiangsu_suzhou"),
        ("北京", "beijing"),
        ("hubei_ezhou", "hubei_ezhou"),
    ],
)
def test_a_city_is_found_by_any_of_its_names(ask: Ask, city: str, city_id: str) -> None:
    assert f"({city_id})" in ask("gdp", city, 2015).splitlines()[1]


@pytest.mark.parametrize(
    ("name", "city", "message_id", "says"),
    [
        ("gdp", "Suzhou", "explain_city_ambiguous", "anhui_suzhou"),
        ("gdp", "吉林", "explain_city_ambiguous", "province"),
        ("gdp", "苏洲市", "explain_city_unknown", "苏州"),
        ("gpd", "苏州", "explain_indicator_unknown", "gdp"),
    ],
)
def test_what_is_unknown_or_ambiguous_is_answered_with_names(
    ask: Ask, name: str, city: str, message_id: str, says: str
) -> None:
    with pytest.raises(Mistake) as raised:
        ask(name, city, 2015)
    assert raised.value.message_id == message_id and says in str(raised.value)


@pytest.mark.parametrize(
    ("name", "city", "year", "says"),
    [
        ("gdp", "巢湖", 2015, "did not exist"),
        ("gdp", "毕节", 2009, "no prefecture-level city"),
        ("gdp", "苏州", 1999, "no table of that year"),
        ("采矿业从业人员", "苏州", 2022, "not published"),
    ],
)
def test_a_number_that_is_not_there_is_explained_too(
    ask: Ask, name: str, city: str, year: int, says: str
) -> None:
    assert says in ask(name, city, year)


def test_a_correction_and_an_interpolation_are_named(built: Copy, ask: Ask) -> None:
    text = ask("average_wage", "鄂州", 2008)
    assert "printed: 3301.6" in text and "Status E" in text and "correction" in text
    cell = built.query("from observations.observations where status = 'I' order by city_id, year").iloc[0]
    text = ask(cell["indicator_id"], cell["city_id"], int(cell["year"]))
    assert "Status I" in text and f"{cell['city_id']} {cell['year'] - 1}: " in text


def test_an_index_goes_down_to_formula_components_and_printed_numbers(built: Copy, ask: Ask) -> None:
    text = ask("digital_infrastructure_index", "苏州", 2014)
    inputs = built.query(
        "select input from indicators.indicator_inputs where indicator_id = 'digital_infrastructure_index'"
    )
    assert all(f"({name})" in text for name in inputs["input"]) and len(inputs) == 7
    assert text.count(" x weight ") == 5 and "Formula: entropy weights" in text and "A1.6" in text


def test_an_estimate_goes_down_to_sample_rows_lost_and_sources(
    built: Copy, connection: duckdb.DuckDBPyConnection
) -> None:
    text = explain_estimate(connection, "A1.6", "digital")
    fit = built.query("from estimates.fit_statistics where specification_id = 'A1.6'").iloc[0]
    flow = built.query("from estimates.sample_flow where specification_id = 'A1.6'")
    assert f"Fitted on {fit['n_obs']} rows of {fit['n_cities']} cities" in text and "study_a_city and" in text
    assert all(f"{row.rows_in} -> {row.rows_out} rows" in text for row in flow.itertuples())
    assert "cluster_city:" in text and "from yearbook:" in text and "synthetic" in text
    assert "loans_to_gdp_ratio: 0.0 % interpolated" in text


def test_shares_of_marked_cells_are_those_of_the_table(
    built: Copy, connection: duckdb.DuckDBPyConnection
) -> None:
    shares = built.query("from estimates.marked_shares where specification_id in ('A1.6', 'B4.1')")
    for row in shares.itertuples():
        text = explain_estimate(connection, row.specification_id, "_cons")
        shown = (
            f"{100 * row.share_imputed:.1f} % interpolated, {100 * row.share_corrected:.1f} % corrected, "
            f"{100 * row.share_break:.1f} % at a break"
        )
        assert f"  {row.variable}: {shown}; from " in text


@pytest.mark.parametrize(
    ("specification", "term", "message_id", "says"),
    [
        ("A1.66", "digital", "explain_specification_unknown", "A1.6"),
        ("A1.6", "digitl", "explain_term_unknown", "digital (digital_infrastructure_index)"),
    ],
)
def test_an_unknown_estimate_is_answered_with_names(
    connection: duckdb.DuckDBPyConnection, specification: str, term: str, message_id: str, says: str
) -> None:
    with pytest.raises(Mistake) as raised:
        explain_estimate(connection, specification, term)
    assert raised.value.message_id == message_id and says in str(raised.value)


def test_both_languages_tell_the_same_numbers(ask: Ask) -> None:
    english, chinese = (ask("digital", "苏州市", 2014, lang) for lang in ("en", "zh"))
    assert len(english.splitlines()) == len(chinese.splitlines())
    assert "采用的数值" in chinese and "Number used" not in chinese and "公式" in chinese
