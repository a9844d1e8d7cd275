"""The checks as compiled SQL, run over one folder after another without dbt.

A build of one folder compiles them and loads the reference tables. Every other folder then takes seconds: its
tables are read into memory, and the models that hang on them run there in their order; all else is read from
that build.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb

from citypanel.console.building import run_dbt
from citypanel.messages import Mistake
from citypanel.project import BUILD_FOLDER, database_path

LAST = "analytical_findings"
LEFT_OUT = ["--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"]
SEED, SCHEMA, REFERENCE = "seed", "yearbook", "reference"


@dataclass(frozen=True)
class CompiledChecks:
    """A built folder's database, and the models from its tables to the findings.

    models: (schema, name, select statement) in the order of their dependencies; tables: of the folder.
    """

    database: Path
    tables: Sequence[str]
    models: Sequence[tuple[str, str, str]]

    @contextmanager
    def run_over(self, folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
        """Read the tables of `folder`, run the checks over them, lend the connection with the results."""
        with duckdb.connect() as connection:
            connection.execute(f"attach '{self.database}' as \"{self.database.stem}\" (read_only)")
            for schema in {SCHEMA, REFERENCE, *(schema for schema, _, _ in self.models)}:
                connection.execute(f'create schema "{schema}"')
            self._show_reference(connection)
            for table in self.tables:
                connection.execute(self._reading(connection, folder, table))
            for schema, name, select in self.models:
                connection.execute(f'create table "{schema}"."{name}" as {select}')
            yield connection

    def _show_reference(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Let queries of the lent connection name the reference tables as in the built database."""
        listed = "select table_name from duckdb_tables() where database_name = ? and schema_name = ?"
        for (name,) in connection.execute(listed, [self.database.stem, REFERENCE]).fetchall():
            built = f'"{self.database.stem}"."{REFERENCE}"."{name}"'
            connection.execute(f'create view "{REFERENCE}"."{name}" as select * from {built}')

    def _reading(self, connection: duckdb.DuckDBPyConnection, folder: Path, table: str) -> str:
        """Return the statement that reads one CSV file with the types that dbt gave it."""
        described = connection.execute(f'describe "{self.database.stem}"."{SCHEMA}"."{table}"').fetchall()
        columns = ", ".join(f"\"{name}\"::{kind} as \"{name}\"" for name, kind, *_ in described)
        file = str(folder / f"{table}.csv").replace("'", "''")
        options = "all_varchar = true, header = true, delim = ',', quote = '\"', escape = '\"'"
        read = f"read_csv('{file}', {options})"
        return f'create table "{SCHEMA}"."{table}" as select {columns} from {read}'


def compiled_checks(root: Path, folder: str, variables: Mapping[str, object]) -> CompiledChecks:
    """Build `folder` (relative to the root) up to the analytical findings; return its checks.

    Raises `Mistake` where the build fails.
    """
    target = root / BUILD_FOLDER / "detection_target"
    arguments = ["build", "--quiet", "--select", f"+{LAST}", *LEFT_OUT, "--target-path", str(target)]
    code = run_dbt(root, [*arguments, "--vars", json.dumps(variables)], {"YEARBOOK": folder})
    if code:
        raise Mistake("build_failed", code=code, log=root / "logs" / "dbt.log")
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    return checks_of(database_path(root, {"YEARBOOK": folder}), manifest["nodes"])


def checks_of(database: Path, nodes: Mapping[str, dict[str, object]]) -> CompiledChecks:
    """Return the checks that the nodes of a build's manifest hold as compiled SQL."""
    parents = {name: _parents(node) for name, node in nodes.items()}
    kinds = {name: (node["resource_type"], node["schema"]) for name, node in nodes.items()}
    tables = {name for name, kind in kinds.items() if kind == (SEED, SCHEMA)}
    wanted, downstream = _above(f"model.citypanel.{LAST}", parents), set(tables)
    order = [name for name in TopologicalSorter(parents).static_order() if name in wanted]
    for name in order:
        if downstream & set(parents[name]):
            downstream.add(name)
    own = {f'"{database.stem}"."{nodes[n]["schema"]}"."{nodes[n]["name"]}"' for n in downstream}
    models = [
        (str(nodes[n]["schema"]), str(nodes[n]["name"]), _in_memory(str(nodes[n]["compiled_code"]), own))
        for n in order
        if n in downstream - tables
    ]
    return CompiledChecks(database, sorted(str(nodes[n]["name"]) for n in tables & set(order)), models)


def _parents(node: Mapping[str, object]) -> list[str]:
    depends = node.get("depends_on") or {}
    return list(depends.get("nodes", [])) if isinstance(depends, dict) else []


def _above(last: str, parents: Mapping[str, list[str]]) -> set[str]:
    """Return a node and all that it hangs on."""
    seen: set[str] = set()
    waiting = [last]
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting += parents.get(node, [])
    return seen


def _in_memory(select: str, own: set[str]) -> str:
    """Return the statement with the relations of `own` looked up in memory instead of the built database."""
    return re.sub(
        r'"[^"]+"(\."[^"]+"\."[^"]+")',
        lambda found: f'"memory"{found.group(1)}' if found.group(0) in own else found.group(0),
        select,
    )
