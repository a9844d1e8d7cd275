"""A dbt project of trivial nodes: as many seeds, models and tests of each kind as another has."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

# a model or seed of every row `id = 1`; a test of any kind on it
SQL = "select id from {{{{ ref('{parent}') }}}}\n"
PYTHON = (
    "def model(dbt, session):\n    dbt.config(materialized='table')\n    return dbt.ref('{parent}').df()\n"
)
UNIT = (
    "  - name: {name}\n    model: {model}\n    given:\n      - input: ref('{parent}')\n"
    "        rows: [{{id: 1}}]\n    expect:\n      rows: [{{id: 1}}]\n"
)
TESTS = {
    "unique": "unique", "accepted_values": "accepted_values: {arguments: {values: [1], quote: false}}",
    "relationships": "relationships: {arguments: {to: ref('seed_0'), field: id}}",
}  # fmt: skip


def counted(manifest: Path) -> Counter[str]:
    """Return how many nodes of each kind a project has, from its target/manifest.json."""
    read = json.loads(manifest.read_text(encoding="utf-8"))
    kinds: Counter[str] = Counter(unit=len(read["unit_tests"]))
    for node in read["nodes"].values():
        kind = node["resource_type"]
        if kind == "model":
            kinds["python" if node["language"] == "python" else node["config"]["materialized"]] += 1
        elif kind == "test":
            name = (node.get("test_metadata") or {}).get("name", "singular")
            kinds[name if name in (*TESTS, "singular") else "not_null"] += 1
        elif kind == "seed":
            kinds["seed"] += 1
    return kinds


def write(root: Path, kinds: Counter[str], profiles: Path) -> None:
    """Write the project to `root`, with the profile (and so the threads) of the project measured."""
    for folder in ("models", "seeds", "tests", "build"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    (root / "profiles.yml").write_text(profiles.read_text(encoding="utf-8"), encoding="utf-8")
    project = {
        "name": "trivial", "profile": "citypanel", "version": "1.0.0", "config-version": 2,
        "flags": {"send_anonymous_usage_stats": False}, "seeds": {"+full_refresh": True},
    }  # fmt: skip
    (root / "dbt_project.yml").write_text(json.dumps(project), encoding="utf-8")
    for number in range(kinds["seed"]):
        (root / "seeds" / f"seed_{number}.csv").write_text("id\n1\n", encoding="utf-8")
    models = _models(root, kinds)
    _tests(root, kinds, models)


def _models(root: Path, kinds: Counter[str]) -> list[str]:
    """Write the models, each on a seed or on one before it: a tree, as projects are; return the SQL ones."""
    sql = []
    for number in range(kinds["table"] + kinds["view"] + kinds["incremental"]):
        name = f"sql_{number}"
        text = SQL.format(parent=f"seed_{number}" if number < kinds["seed"] else f"sql_{number // 2}")
        config = "{{ config(materialized='view') }}\n" if number < kinds["view"] else ""
        config = config or "{{ config(materialized='table') }}\n"
        (root / "models" / f"{name}.sql").write_text(config + text, encoding="utf-8")
        sql.append(name)
    for number in range(kinds["python"]):
        text = PYTHON.format(parent=f"sql_{number}")
        (root / "models" / f"python_{number}.py").write_text(text, encoding="utf-8")
    return sql


def _tests(root: Path, kinds: Counter[str], models: list[str]) -> None:
    """Write data tests of each kind (one kind once a model), singular tests and unit tests."""
    by_model: dict[str, list[str]] = {name: [] for name in models}
    for kind in ("not_null", *TESTS):
        for number in range(kinds[kind]):
            # a test may stand once on a column: a second round gets a name of its own
            text = TESTS.get(kind, "not_null")
            named = text if number < len(models) else f"{kind}: {{name: {kind}_{number}}}"
            by_model[models[number % len(models)]].append(named)
    lines = ["version: 2", "models:"]
    for name, tests in by_model.items():
        lines += [f"  - name: {name}", "    columns:", "      - name: id"]
        lines += ["        data_tests:", *(f"          - {test}" for test in tests)] if tests else []
    (root / "models" / "models.yml").write_text("\n".join([*lines, ""]), encoding="utf-8")
    for number in range(kinds["singular"]):
        text = "select * from {{ ref('sql_0') }} where id is null\n"
        (root / "tests" / f"singular_{number}.sql").write_text(text, encoding="utf-8")
    units = "".join(
        UNIT.format(name=f"unit_{number}", model=f"sql_{parent}", parent=f"seed_{parent}")
        for number in range(kinds["unit"])
        for parent in [number % kinds["seed"]]
    )
    (root / "models" / "units.yml").write_text("unit_tests:\n" + units, encoding="utf-8")
