"""The rows of expectations.csv, each against a small frame that meets it and one with a planted fault."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from planted_expectations import frames

from citypanel.quality import run_expectations
from citypanel.quality.expectation_rows import Asked, read, texts_of
from citypanel.quality.expectations import _frames

ROOT = Path(__file__).resolve().parents[3]
SEED = pd.read_csv(ROOT / "seeds" / "specifications" / "expectations.csv", dtype=str)
LAYERS = {"printed_tables", "observations", "panel", "index_weights", "results"}
# the closed list of what stops a build before the regressions: structure, keys, years, impossible counts
STOPS = {
    "observations_are_unique", "observations_know_their_status", "observations_have_a_status",
    "observations_lie_in_the_years_of_the_roster", "city_years_are_unique", "every_row_names_a_city",
    "every_row_has_a_year", "the_panel_is_not_empty", "panel_years_lie_in_the_years_of_the_roster",
    "regions_are_the_three_of_the_statistics", "no_hukou_population_10k_persons_is_negative",
    "no_resident_population_10k_persons_is_negative", "no_gdp_100m_yuan_is_negative",
    "no_urban_employment_persons_is_negative", "no_land_area_sq_km_is_negative", "index_weights_are_unique",
}  # fmt: skip
GOOD = {
    "expectation_id": "mine", "layer": "panel", "table_name": "panels.city_year", "column_name": "people",
    "expectation": "ExpectColumnValuesToBeBetween", "arguments": '{"min_value": 0}', "only_where": "",
    "grouped_by": "", "aggregate": "", "severity": "warn", "reason": "people are counted",
    "reason_zh": "人数",
}  # fmt: skip
PANEL = pd.DataFrame({"city_id": ["a", "a", "b"], "year": [2010, 2011, 2010]})
PANEL = PANEL.assign(people=[1.0, -2.0, None], name=["x", "y", "z"])




def _asked(row: pd.Series) -> Asked:
    texts = texts_of(row.to_dict())
    tables: dict[str, list[str]] = {texts["table_name"]: []}
    names = [texts["column_name"], *texts["grouped_by"].split(" + "), texts["only_where"].split(" ")[0]]
    for value in json.loads(texts["arguments"]).values():
        names += value if isinstance(value, list) else [str(value)]
    tables[texts["table_name"]] = [str(name) for name in names]
    return read(texts, tables)


def _run(frame: pd.DataFrame, *rows: dict[str, str], table: str = "panels.city_year") -> pd.DataFrame:
    with duckdb.connect() as connection:
        return run_expectations({table: connection.from_df(frame)}, pd.DataFrame(rows))


@pytest.mark.parametrize("row", [row for _, row in SEED.iterrows()], ids=SEED["expectation_id"])
def test_each_row_is_met_by_good_rows_and_finds_the_planted_fault(row: pd.Series) -> None:
    good, spoiled = frames(_asked(row))
    for frame, is_met in ((good, True), (spoiled, False)):
        found = _run(frame, row.to_dict(), table=row["table_name"]).iloc[0]
        assert found["is_met"] is is_met or found["is_met"] == is_met, found["message_en"]
        assert pd.isna(found["mistake"]) and pd.notna(found["observed_value"])
        for text, reason in ((found["message_en"], row["reason"]), (found["message_zh"], row["reason_zh"])):
            assert row["expectation_id"] in text and reason in text and "{id}" not in text


def test_what_stops_the_build_before_the_regressions_is_a_closed_list() -> None:
    errors = SEED[(SEED["severity"] == "error") & (SEED["layer"] != "results")]
    assert set(errors["expectation_id"]) == STOPS


def test_every_layer_has_its_suite_with_reasons_and_true_sentences() -> None:
    assert set(SEED["layer"]) == LAYERS and SEED.groupby("layer").size().min() >= 8
    assert SEED["reason"].notna().all() and SEED["reason_zh"].str.contains(r"[一-鿿]").all()
    assert SEED["expectation_id"].is_unique and SEED["expectation_id"].str.fullmatch(r"[a-z][a-z0-9_]+").all()


def test_every_table_of_a_row_is_handed_over_by_the_model_of_its_layer() -> None:
    for name, of_results in (("data", False), ("results", True)):
        source = ROOT / "python_models" / "quality" / f"{name}_expectation_runs.py"
        tree = ast.parse(source.read_text(encoding="utf-8"))
        offered = {
            key.value for node in ast.walk(tree) if isinstance(node, ast.Dict)
            for key in node.keys if isinstance(key, ast.Constant)
        }  # fmt: skip
        assert set(SEED.loc[(SEED["layer"] == "results") == of_results, "table_name"]) <= offered


def test_what_is_against_an_expectation_is_counted_and_shown_with_its_keys() -> None:
    found = _run(PANEL, GOOD).iloc[0]
    assert (found["rows_checked"], found["rows_unexpected"], found["observed_value"]) == (3, 1, "1 / 3")
    (sample,) = json.loads(found["unexpected_sample"])
    assert sample == {"people": -2.0, "city_id": "a", "year": 2011}
    assert "2011" in found["message_zh"] and "quality.expectation_results" in found["message_en"]


def test_where_there_is_nothing_to_judge_no_verdict_is_given() -> None:
    nowhere = GOOD | {"only_where": "city_id = nowhere"}
    whole = GOOD | {"expectation_id": "rows", "column_name": "", "arguments": '{"min_value": 1}'}
    whole["expectation"] = "ExpectTableRowCountToBeBetween"
    empty = _run(PANEL.assign(people=None), nowhere, GOOD | {"expectation_id": "blank"}, whole)
    assert empty["is_met"].isna().tolist() == [True, True, False]
    assert "no row or number" in empty.loc[0, "message_en"]
    assert list(_run(PANEL[:0], whole)["is_met"]) == [False]


def test_groups_and_conditions_choose_what_is_looked_at() -> None:
    by_city = GOOD | {"grouped_by": "city_id", "aggregate": "sum"}
    by_city["arguments"] = '{"min_value": -1, "max_value": -1}'
    of_year = GOOD | {"expectation_id": "year", "only_where": "year != 2011"}
    found = _run(PANEL, by_city, of_year)
    # the sum of no number is no number
    assert found["is_met"].tolist() == [True, True] and found["rows_checked"].tolist() == [2, 2]


@pytest.mark.parametrize(
    ("changed", "mistake", "says"),
    [
        ({"severity": "eror"}, "expectation_severity_unknown", "eror"),
        ({"table_name": "city_yaer"}, "expectation_table_unknown", "panels.city_year"),
        ({"expectation": "ExpectColumnValuesBetween"}, "expectation_class_unknown", "ExpectColumnValuesToBe"),
        ({"expectation": "__class__"}, "expectation_class_unknown", "__class__"),
        ({"column_name": "peple"}, "expectation_column_unknown", "people"),
        ({"arguments": "min_value: 0"}, "expectation_arguments_unreadable", "min_value: 0"),
        ({"arguments": "[0]"}, "expectation_arguments_unreadable", "list"),
        ({"arguments": '{"min": 0}'}, "expectation_arguments_wrong", "min: extra fields not permitted"),
        ({"arguments": '{"min_value": "a"}'}, "expectation_arguments_wrong", "min_value"),
        ({"arguments": "{}"}, "expectation_arguments_wrong", "cannot both be None"),
        ({"column_name": ""}, "expectation_arguments_wrong", "column: field required"),
        ({"only_where": "people > 3"}, "expectation_condition_unreadable", "people > 3"),
        ({"only_where": "peeple = 3"}, "expectation_column_unknown", "peeple"),
        ({"grouped_by": "city_id", "aggregate": "avarage"}, "expectation_aggregate_unknown", "median"),
        ({"grouped_by": "city_id"}, "expectation_aggregate_unknown", "grouped_by"),
        ({"column_name": "name"}, "expectation_could_not_run", "column's type"),
    ],
)
def test_a_row_written_wrongly_becomes_a_message_and_the_others_run(
    changed: dict[str, str], mistake: str, says: str
) -> None:
    found = _run(PANEL, GOOD | changed, GOOD | {"expectation_id": "other"})
    assert found["mistake"].tolist()[0] == mistake and not found["is_met"].iloc[0]
    for lang in ("en", "zh"):
        text = found[f"message_{lang}"].iloc[0]
        assert text.startswith("mine") and "expectations.csv" in text and "Traceback" not in text
    assert says in found["message_en"].iloc[0]
    # a wrong row of severity error stops the build, and so does one whose severity cannot be read
    assert found["severity"].iloc[0] == ("error" if mistake == "expectation_severity_unknown" else "warn")
    assert pd.isna(found["mistake"].iloc[1]) and found["rows_unexpected"].iloc[1] == 1


def test_a_second_run_of_the_process_takes_the_library_as_it_is() -> None:
    for _ in range(2):
        _run(PANEL, GOOD)
    assert _frames.cache_info().misses == 1
