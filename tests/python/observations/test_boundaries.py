"""boundaries: constant on the sample: Laiwu summed into Jinan, rates rebuilt or missing, Chaohu a break."""

from __future__ import annotations

import shutil

import pandas as pd
import pytest
from conftest import Copy

PARTS = ("shandong_jinan", "shandong_laiwu")


@pytest.fixture(scope="module")
def constant(built: Copy, tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """The sample's panel on constant boundaries."""
    root = tmp_path_factory.mktemp("constant") / "city panel"
    shutil.copytree(built.root, root, ignore=shutil.ignore_patterns("__pycache__", "logs"))
    copy = Copy(root)
    done = copy.dbt("run", "--vars", "boundaries: constant", "--select", "boundary_changes+,+city_year")
    assert done.returncode == 0, done.stdout[-3000:]
    return copy


def _panel(copy: Copy) -> pd.DataFrame:
    return copy.query("from panels.city_year").set_index(["city_id", "year"]).sort_index()


def test_levels_of_merged_units_are_summed(built: Copy, constant: Copy) -> None:
    before, after = _panel(built), _panel(constant)
    columns = ["gdp_100m_yuan", "resident_population_10k_persons", "loans_10k_yuan", "deposits_10k_yuan"]
    for year in range(2007, 2019):
        parts = sum(before.loc[(city, year), columns] for city in PARTS)
        assert after.loc[("shandong_jinan", year), columns].astype(float).tolist() == pytest.approx(
            parts.astype(float).tolist(), rel=1e-12
        )
    assert after.loc[("shandong_jinan", 2019), columns].equals(before.loc[("shandong_jinan", 2019), columns])


def test_rates_are_rebuilt_from_their_parts_or_missing(built: Copy, constant: Copy) -> None:
    before, after = _panel(built), _panel(constant)
    loans, gdp = (sum(before.loc[(city, 2015), name] for city in PARTS)
                  for name in ("loans_10k_yuan", "gdp_100m_yuan"))  # fmt: skip
    jinan = after.loc[("shandong_jinan", 2015)]
    assert jinan["loans_to_gdp_ratio"] == pytest.approx(loans / (gdp * 1e4), rel=1e-12)
    assert jinan[["gdp_per_person_yuan", "average_wage_yuan", "real_gdp_index"]].isna().all()
    refused = constant.query(
        "select distinct status, method from observations.observations "
        "where city_id = 'shandong_jinan' and year = 2015 and indicator_id = 'average_wage_yuan'"
    )
    assert refused.to_numpy().tolist() == [["O", "not additive: shandong_jinan + shandong_laiwu"]]


def test_units_that_are_gone_have_no_rows_and_others_stay(built: Copy, constant: Copy) -> None:
    before, after = _panel(built), _panel(constant)
    gone = set(before.index.get_level_values("city_id")) - set(after.index.get_level_values("city_id"))
    assert gone == {"shandong_laiwu", "anhui_chaohu"}
    assert len(before) - len(after) == 12 + 4  # 2007-2018 and 2007-2010
    levels = ["gdp_100m_yuan", "hukou_population_10k_persons", "average_wage_yuan"]
    others = after.drop(index="shandong_jinan", level="city_id")[levels]
    pd.testing.assert_frame_equal(others, before.loc[others.index, levels])


def test_a_break_that_is_undone_is_none_and_the_others_stay(built: Copy, constant: Copy) -> None:
    breaks = "select city_id, year from panels.city_year where boundary_break"
    before, after = (set(copy.query(breaks).itertuples(index=False, name=None)) for copy in (built, constant))
    assert before - after == {("shandong_jinan", 2019)}
    assert {("anhui_hefei", 2011), ("anhui_wuhu", 2011), ("anhui_maanshan", 2011)} <= after
    status = constant.query(
        "select distinct status from observations.observations "
        "where city_id = 'anhui_hefei' and year = 2011 and value_used is not null"
    )
    assert "B" in set(status["status"]) and "A" not in set(status["status"])


def test_every_event_says_how_it_is_treated(built: Copy, constant: Copy) -> None:
    for copy, undone in ((built, set()), (constant, {"2019_laiwu_jinan", "2001_ili_merger"})):
        events = copy.query("from observations.boundary_changes")
        assert set(events.loc[events["is_undone"], "event_id"]) == undone
        assert events["reason_en"].notna().all() and events["reason_zh"].notna().all()
    assert set(events.loc[events["is_summable"], "kind"]) == {"merger"}
