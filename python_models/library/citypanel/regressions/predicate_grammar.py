"""What a sample predicate may say, read from DuckDB's own syntax tree before anything is bound or run.

A closed list of functions, because DuckDB's memory limit does not cover what a scalar function allocates
(`repeat`, `range`, `lpad`, text grown by `||` in a recursion): such a predicate would take the machine down.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from citypanel.regressions.cell_grammar import SpecificationError

TABLE = "city_year"
_OPERATORS = "+ - * / // % ** ^ ~~ !~~ ~~* !~~* ~~~ like_escape not_like_escape ilike_escape not_ilike_escape"
_SCALAR = """
    abs ceil ceiling coalesce contains ends_with exp floor greatest if ifnull isfinite isinf isnan least left
    len length ln log log10 log2 lower ltrim mod nullif pow power prefix regexp_full_match regexp_matches
    right round rtrim sign sqrt starts_with strlen substr substring suffix trim trunc upper
"""
_AGGREGATE = """
    avg bool_and bool_or count count_star mean median max min quantile_cont quantile_disc stddev stddev_pop
    stddev_samp sum var_pop var_samp variance dense_rank lag lead ntile percent_rank rank row_number
"""
_OF_THE_MOMENT = """
    random gen_random_uuid uuid uuidv4 uuidv7 setseed now current_timestamp current_date current_time
    get_current_timestamp get_current_time transaction_timestamp today nextval currval txid_current
"""
FUNCTIONS = frozenset((_OPERATORS + _SCALAR + _AGGREGATE).split())
TABLE_FUNCTIONS = frozenset({"range", "generate_series"})
NOT_REPEATABLE = frozenset(_OF_THE_MOMENT.split())


def require_plain(tree: dict[str, Any], predicate: str) -> None:
    """Raise SpecificationError unless `tree` (json_serialize_sql) is one select with the predicate as its
    filter.

    Ids: predicate_not_plain (it closes our bracket and goes on), predicate_empty, predicate_not_repeatable,
    predicate_unknown_table, predicate_reads_outside, predicate_unknown_function.
    """
    node = tree["statements"][0]["node"]
    if not _is_one_filter(node):
        raise SpecificationError("predicate_not_plain", predicate=predicate)
    if _is_empty(node["where_clause"]):
        raise SpecificationError("predicate_empty")
    parts = list(_parts(node))
    known = {TABLE} | {entry["key"] for part in parts for entry in _ctes(part)}
    readers = []
    for part in parts:
        if part.get("sample"):
            raise SpecificationError("predicate_not_repeatable", function="tablesample")
        if part.get("type") == "BASE_TABLE" and (part["table_name"] not in known or part.get("schema_name")):
            raise _unknown_table(part["table_name"])
        if part.get("type") == "TABLE_FUNCTION":
            readers.append(id(part["function"]))
            _require_known(part["function"]["function_name"], TABLE_FUNCTIONS, "predicate_reads_outside")
    for part in parts:
        if part.get("function_name") and id(part) not in readers:
            _require_known(part["function_name"], FUNCTIONS, "predicate_unknown_function")


def _is_empty(condition: dict[str, Any]) -> bool:
    """Say whether nothing stands in our brackets: DuckDB reads `()` as a row without columns."""
    return condition.get("function_name") == "row" and not condition["arguments"]


def _is_one_filter(node: dict[str, Any]) -> bool:
    table = node.get("from_table") or {}
    beyond = [node.get(part) for part in ("modifiers", "group_expressions", "having", "sample", "qualify")]
    return (
        node.get("type") == "SELECT_NODE"
        and len(node["select_list"]) == 2
        and table.get("type") == "BASE_TABLE"
        and table.get("table_name") == TABLE
        and not table.get("alias")
        and not any(beyond)
    )


def _ctes(part: dict[str, Any]) -> list[dict[str, Any]]:
    return (part.get("cte_map") or {}).get("map") or []


def _unknown_table(name: str) -> SpecificationError:
    outside = any(mark in name for mark in "/\\.:*")
    return SpecificationError("predicate_reads_outside" if outside else "predicate_unknown_table", name=name)


def _require_known(name: str, known: frozenset[str], message_id: str) -> None:
    name = name.lower()
    if name in NOT_REPEATABLE:
        raise SpecificationError("predicate_not_repeatable", function=name)
    if name not in known:
        raise SpecificationError(message_id, name=name)


def _parts(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield every node of a serialised statement."""
    if isinstance(tree, dict):
        yield tree
        tree = list(tree.values())
    if isinstance(tree, list):
        for part in tree:
            yield from _parts(part)
