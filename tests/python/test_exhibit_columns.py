"""The table whose rows are variants of one column, and the one rule for stars."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
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


def test_one_star_rule(project_root: Path) -> None:
    """The thresholds stand in the macro `stars` and nowhere else in the models."""
    texts = {path: path.read_text(encoding="utf-8") for path in (project_root / "models").rglob("*.sql")}
    assert not [path.name for path, text in texts.items() if re.search(r"p_value\s*<\s*0\.01", text)]
    assert sum("{{ stars(" in text for text in texts.values()) == 3
