"""Every diagnostic has its row in `estimates.diagnostics`, with numbers, a verdict and two sentences."""

from __future__ import annotations

import ast
import json
import string
from pathlib import Path

import pandas as pd
import pytest
from conftest import Copy

ESTIMATION = Path(__file__).resolve().parents[3] / "python_models/library/citypanel/estimation"
INSTRUMENTS = (
    "first_stage_f_iid first_stage_f_cluster cragg_donald_f kleibergen_paap_rk_wald kleibergen_paap_rk_f "
    "effective_f anderson_rubin_f anderson_rubin_set wu_hausman sargan hansen_j"
)
TESTS = {
    "A2.2": INSTRUMENTS,
    "B4.1": INSTRUMENTS,
    **{f"BH.{n}": "hausman_classic hausman_sigmamore hausman_mundlak" for n in range(1, 8)},
    "A6.3": "group_difference_interaction group_difference_sur group_difference_permutation",
    "AX.5": "placebo_permutation placebo_within_year",
    "AX.6": "specification_curve",
    "AX.7": "oster_delta",
    "AX.8": "leave_one_out_range",
}


@pytest.fixture(scope="module")
def diagnostics(built: Copy) -> pd.DataFrame:
    return built.query("from estimates.diagnostics").set_index(["specification_id", "test"]).sort_index()


@pytest.mark.parametrize(
    ("specification", "name"), [(where, name) for where, names in TESTS.items() for name in names.split()]
)
def test_each_diagnostic_has_its_row_and_words(
    diagnostics: pd.DataFrame, specification: str, name: str
) -> None:
    rows = diagnostics.loc[[(specification, name)]]
    for row in rows.to_dict("records"):
        assert row["verdict"] and row["note_en"] and row["note_zh"] and "{" not in row["note_en"]
        assert row["note_en"] != row["note_zh"]
        has_number = not pd.isna(row["statistic"]) or name == "anderson_rubin_set"
        assert has_number == (row["reason"] is None or pd.isna(row["reason"]))


def test_every_fit_with_fixed_effects_is_checked(built: Copy, diagnostics: pd.DataFrame) -> None:
    fits = built.query("select * from estimates.specifications inner join estimates.fit_statistics "
                       "using (specification_id) where estimator <> 'random_effects'")
    share = fits[fits["outcome"].str.endswith("_share")]
    for name, expected in [("few_clusters", fits), ("vif_max", fits), ("fitted_above_one_share", share)]:
        found = diagnostics.xs(name, level="test")
        assert sorted(found.index) == sorted(expected["specification_id"])
    assert diagnostics.xs("vif_max", level="test")["variable"].notna().all()


def test_few_clusters_warn_below_42_and_name_what_is_better(diagnostics: pd.DataFrame) -> None:
    rows = diagnostics.xs("few_clusters", level="test")
    warned = rows["verdict"] == "too_few_clusters_for_the_default"
    assert (warned == (rows["statistic"] < 42)).all() and warned["B3.1"] and not warned["A1.6"]
    assert rows[warned]["note_en"].str.contains("cr2 and wild_cluster").all()


def test_instruments_are_judged_by_critical_values_and_never_by_ten(diagnostics: pd.DataFrame) -> None:
    first_stage = diagnostics[diagnostics.index.get_level_values("test").str.startswith("first_stage_f")]
    assert set(first_stage["verdict"]) == {"see_weak_instruments"}
    values = {name: json.loads(text) for name, text in diagnostics["critical_values"].dropna().items()}
    assert values["A2.2", "cragg_donald_f"]["size_10"] == 16.38
    assert values["B4.1", "kleibergen_paap_rk_f"]["size_10"] == 7.03
    assert values["A2.2", "effective_f"]["bias_10"] == pytest.approx(23.1, abs=0.1)
    assert diagnostics.loc[[("B4.1", "effective_f")], "reason"].tolist() == ["several_endogenous"]
    for name in ("sargan", "hansen_j"):
        assert set(diagnostics.xs(name, level="test")["reason"]) == {"just_identified"}


def test_hausman_is_judged_by_mundlak(diagnostics: pd.DataFrame) -> None:
    for name in ("hausman_classic", "hausman_sigmamore"):
        assert set(diagnostics.xs(name, level="test")["verdict"]) == {"see_hausman_mundlak"}
    mundlak = diagnostics.xs("hausman_mundlak", level="test")
    assert (mundlak["verdict"].eq("fixed_effects") == (mundlak["p_value"] < 0.05)).all()


def test_random_methods_keep_draws_and_seed(built: Copy, diagnostics: pd.DataFrame) -> None:
    for name in ("placebo_permutation", "placebo_within_year", "group_difference_permutation"):
        rows = diagnostics.xs(name, level="test")
        assert (rows["draws"] > 0).all() and rows["seed"].notna().all()
    draws = built.query(
        "select test, count(*) as n, avg(slope) as mean from estimates.placebo_draws group by all"
    )
    assert dict(zip(draws["test"], draws["n"], strict=True)) == {
        "placebo_permutation": 500, "placebo_within_year": 500,
    }  # fmt: skip
    details = json.loads(diagnostics.loc[[("AX.5", "placebo_permutation")], "details"].iloc[0])
    kept = draws.set_index("test").loc["placebo_permutation", "mean"]
    assert kept == pytest.approx(details["mean"], rel=1e-10)


def test_both_sentences_of_a_test_name_the_same_numbers(built: Copy) -> None:
    for row in built.query("from specifications.diagnostic_tests").to_dict("records"):
        english, chinese = (
            {name for _, name, _, _ in string.Formatter().parse(row[column]) if name}
            for column in ("note_en", "note_zh")
        )
        assert {name.removesuffix("_zh") for name in chinese} == english, row["test"]


def test_every_reason_that_the_estimators_give_is_in_words(built: Copy) -> None:
    words = set(built.query("select word from specifications.diagnostic_words where kind = 'reason'")["word"])
    known = set(built.query("select test from specifications.diagnostic_tests")["test"])
    calls = [
        node
        for path in ESTIMATION.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Diagnostic"
    ]
    given = {
        part.value
        for call in calls
        if (name := call.args[0] if call.args else None) is not None
        and getattr(name, "value", "") in known
        for keyword in call.keywords
        if keyword.arg == "reason"
        for part in ast.walk(keyword.value)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }
    assert "several_endogenous" in given and given <= words
