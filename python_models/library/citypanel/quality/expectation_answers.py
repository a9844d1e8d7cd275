"""What Great Expectations answers, as one row with a sentence in both languages."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from citypanel.messages import LANGUAGES, Mistake, message

COLUMNS = {
    "expectation_id": "string",
    "layer": "string",
    "table_name": "string",
    "column_name": "string",
    "expectation": "string",
    "severity": "string",
    "is_met": "boolean",
    "rows_checked": "Int64",
    "rows_unexpected": "Int64",
    "observed_value": "string",
    "unexpected_sample": "string",
    "mistake": "string",
    "reason": "string",
    "reason_zh": "string",
    "message_en": "string",
    "message_zh": "string",
}
KEPT = (
    "expectation_id", "layer", "table_name", "column_name", "expectation", "severity", "reason", "reason_zh",
)  # fmt: skip
SHOWN = 5
LONGEST = 300


def answered(row: Mapping[str, str], validated: Any, rows: int) -> dict[str, Any]:
    """Return the result of an expectation that ran on `rows` rows; one that raised is not met."""
    failure = _failure(validated)
    if failure:
        return mistaken(row, Mistake("expectation_could_not_run", reason=failure))
    found = validated.result or {}
    unexpected = found.get("unexpected_count")
    counted = "" if unexpected is None else f"{unexpected} / {found.get('element_count', rows)}"
    observed = _text(found["observed_value"]) if found.get("observed_value") is not None else counted
    return _row(
        row, "expectation_is_met" if validated.success else "expectation_is_not_met", observed,
        is_met=bool(validated.success), rows_checked=rows, rows_unexpected=unexpected,
        unexpected_sample=_sample(found),
    )  # fmt: skip


def not_judged(row: Mapping[str, str], rows: int) -> dict[str, Any]:
    """Return the result where the table holds nothing that the expectation speaks of."""
    return _row(row, "expectation_has_nothing_to_judge", "", is_met=None, rows_checked=rows)


def mistaken(row: Mapping[str, str], mistake: Mistake) -> dict[str, Any]:
    """Return the result of a row that cannot be run as written: not met, `mistake` names the message."""
    texts = {}
    for lang in LANGUAGES:
        words = message(mistake.message_id, lang, **mistake.arguments)
        texts[f"message_{lang}"] = message(
            "expectation_cannot_run", lang, id=row["expectation_id"], words=words
        )  # fmt: skip
    kept = _row(
        row, "expectation_is_not_met", "", is_met=False, rows_checked=None, mistake=mistake.message_id
    )  # fmt: skip
    # a misspelt severity must not make the row harmless
    severity = "error" if mistake.message_id == "expectation_severity_unknown" else row["severity"]
    return kept | texts | {"severity": severity}


def _row(row: Mapping[str, str], message_id: str, observed: str, **found: Any) -> dict[str, Any]:
    words = {
        "id": row["expectation_id"],
        "table": row["table_name"],
        "column": row["column_name"] or row["expectation"],
        "observed": "; ".join(text for text in (observed, found.get("unexpected_sample")) if text),
    }
    reasons = {"en": row["reason"], "zh": row["reason_zh"]}
    return {
        **{name: row[name] or None for name in KEPT},
        "observed_value": observed or None,
        "rows_unexpected": None, "unexpected_sample": None, "mistake": None,
        **{f"message_{lang}": message(message_id, lang, **words, reason=reasons[lang]) for lang in LANGUAGES},
        **found,
    }  # fmt: skip


def _sample(found: Mapping[str, Any]) -> str | None:
    """Return up to five unexpected rows with their keys as JSON; the values alone where there are no keys."""
    places = found.get("partial_unexpected_index_list") or found.get("partial_unexpected_list")
    if not places:
        return None
    return json.dumps([_plain(place) for place in places[:SHOWN]], ensure_ascii=False, default=str)


def _plain(value: Any) -> Any:
    """Return the value as JSON knows it: NumPy's numbers as numbers, what is missing as null."""
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    plain = value.item() if hasattr(value, "item") else value
    return None if plain is None or plain != plain else plain


def _text(value: Any) -> str:
    plain = _plain(value)
    text = f"{plain:.6g}" if isinstance(plain, float) else json.dumps(plain, ensure_ascii=False, default=str)
    return text.strip('"')[:LONGEST]


def _failure(validated: Any) -> str | None:
    information = validated.exception_info or {}
    each = [information] if "raised_exception" in information else list(information.values())
    raised = [entry["exception_message"] for entry in each if entry.get("raised_exception")]
    return re.sub(r"\s+", " ", str(raised[0])).strip()[:LONGEST] if raised else None
