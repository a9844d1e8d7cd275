"""The dbt documentation leaves nothing out: every table and column is described, and nothing that is gone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import Copy

Node = dict[str, Any]
# words that stand where somebody meant to write a description later
EMPTY_WORDS = {"", "todo", "tbd", "?", "-", "…"}


def _nodes(built: Copy) -> Iterator[Node]:
    manifest = json.loads((built.root / "target" / "manifest.json").read_text(encoding="utf-8"))
    kinds = ("model", "seed")
    yield from (node for node in manifest["nodes"].values() if node["resource_type"] in kinds)


@pytest.fixture(scope="module")
def columns(built: Copy) -> dict[str, set[str]]:
    """The columns that each table of the built database has, by schema.table."""
    rows = built.query("select table_schema || '.' || table_name as t, column_name as c "
                       "from information_schema.columns")
    return {str(table): set(group["c"]) for table, group in rows.groupby("t")}


def _table(node: Node) -> str:
    return f"{node['schema']}.{node['alias']}"


def test_every_model_and_seed_is_described(built: Copy) -> None:
    assert not [node["name"] for node in _nodes(built) if node["description"].strip().lower() in EMPTY_WORDS]


def test_every_column_of_the_database_is_described(built: Copy, columns: dict[str, set[str]]) -> None:
    described = {
        _table(node): {
            name for name, each in node["columns"].items()
            if each["description"].strip().lower() not in EMPTY_WORDS
        }
        for node in _nodes(built)
    }  # fmt: skip
    assert set(described) <= set(columns)
    missing = {table: sorted(columns[table] - names) for table, names in described.items()}
    assert not {table: names for table, names in missing.items() if names}


def test_no_description_is_of_a_column_that_is_gone(built: Copy, columns: dict[str, set[str]]) -> None:
    gone = {_table(node): sorted(set(node["columns"]) - columns[_table(node)]) for node in _nodes(built)}
    assert not {table: names for table, names in gone.items() if names}


def test_one_key_has_one_description(built: Copy) -> None:
    """Same key, same name, same description everywhere (the panel's and the indicators' keys)."""
    schemas = ("indicators", "panels")
    texts = {
        name: {node["columns"][name]["description"] for node in _nodes(built)
               if node["schema"] in schemas and name in node["columns"]}
        for name in ("city_id", "year")
    }  # fmt: skip
    assert {name: len(found) for name, found in texts.items()} == {"city_id": 1, "year": 1}, texts
