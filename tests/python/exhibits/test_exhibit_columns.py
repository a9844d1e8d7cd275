"""The table whose rows are variants of one column, and the one rule for stars."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from conftest import Copy

VARIANTS = "digital_labour_flow__added"


def test_the_variants_have_the_numbers_of_their_fits(built: Copy) -> None:
    table = built.query(f'from exhibits."{VARIANTS}"')
    shown = table[table["specification"] != ""].set_index("specification")
    fits = built.query("select e.*, n_obs, n_cities, r2_overall, f.covariance as kind "
                       "from estimates.estimates as e inner join estimates.fit_statistics as f "
                       "using (specification_id) inner join estimates.specifications "
                       "using (specification_id) "
                       f"where exhibit = '{VARIANTS}' and is_headline and term = index_id")  # fmt: skip
    assert set(shown.index) == set(fits["specification_id"]) and len(shown) > 45
    for row in fits.itertuples():
        cells = shown.loc[row.specification_id]
        stars = "*" * sum(row.p_value < level for level in (0.01, 0.05, 0.1))
        below = f"[p = {row.p_value:.3f}]" if pd.isna(row.std_error) else f"({row.std_error:.4f})"
        assert [cells["estimate"], cells["standard error"]] == [f"{row.estimate:.4f}{stars}", below]
        assert [cells["N"], cells["cities"]] == [f"{row.n_obs:,}", f"{row.n_cities:,}"]
        assert cells["R2 (effects counted)"] == f"{row.r2_overall:.3f}"
        assert cells["standard errors"] == row.kind
    tests = table.loc[table["specification"] == ""].set_index("row_label")["estimate"]
    provinces = fits.loc[fits["specification_id"].str.startswith("AX.8."), "estimate"]
    assert tests["leaving out one province: smallest slope"] == f"{provinces.min():.4f}"
    assert tests["leaving out one province: largest slope"] == f"{provinces.max():.4f}"
    assert {"Oster's delta", "placebo, whole histories permuted, p"} <= set(tests.index)


def test_few_clusters_have_the_better_inference_beside_the_default(built: Copy) -> None:
    """Where `few_clusters` names CR2 and the wild bootstrap, their numbers stand in a table."""
    table = built.query("from exhibits.labour_agglomeration__table_3_few_clusters")
    kinds = {"clustered": "cluster_city", "CR2": "cr2", "wild bootstrap": "wild_cluster"}
    fits = built.query("from estimates.estimates where specification_id in ('B3.1', 'B3.2', 'B3.3') "
                       "and term <> '_cons' order by specification_id")  # fmt: skip
    for shown, kind in kinds.items():
        own = fits[fits["covariance"] == kind]
        for part, column in (("p", "p_value"), ("t", "statistic"), ("df", "df")):
            if f"{shown}: {part}" in table:
                found = table[f"{shown}: {part}"].astype(float).sort_values().to_numpy()
                assert found == pytest.approx(own[column].sort_values().to_numpy(), abs=0.051)
    assert table["specification"].tolist() == sorted(own["specification_id"])
    warned = built.query("select specification_id from estimates.diagnostics where test = 'few_clusters' and "
                         "verdict = 'too_few_clusters_for_the_default'")["specification_id"]  # fmt: skip
    few = set(table.loc[table["cities"].astype(int) < 42, "specification"])
    assert few == set(warned) & {"B3.1", "B3.2", "B3.3"} != set()
    assert table["wild bootstrap: 95 % interval"].str.fullmatch(r"\[-?[\dinf.]+, -?[\dinf.]+\]").all()


def test_one_star_rule(project_root: Path) -> None:
    """The thresholds stand in the macro `stars` and nowhere else in the models."""
    texts = {path: path.read_text(encoding="utf-8") for path in (project_root / "models").rglob("*.sql")}
    assert not [path.name for path, text in texts.items() if re.search(r"p_value\s*<\s*0\.01", text)]
    assert sum("{{ stars(" in text for text in texts.values()) == 3
