"""Text in Big5, and tables in traditional characters: read as they stand or refused with what to do, never
garbled.
"""

from __future__ import annotations

import pytest
from invented_workbooks import cells

from citypanel.importing import ImportSummary, import_folder
from citypanel.importing.reading.text import decoded, encoding_of

TRADITIONAL = "年份,城市,地區生產總值(億元)\n2010,蘇州市,9228\n2010,無錫市,5793\n2010,北京市,14113\n"
SIMPLIFIED = "年份,城市,地区生产总值(亿元)\n2010,亳州市,9228\n2010,衢州市,—\n"
BOTH = "year,city,GDP(100 million yuan)\n2010,北京市,14113\n2010,上海市,17165\n"
JAPANESE = "年度,都市,域内総生産\n2010,東京都,1\n2010,大阪府,2\n2010,京都府,3\n2010,神奈川県,4\n"


@pytest.mark.parametrize("text", [TRADITIONAL, BOTH, "城市,北京市\n"])
def test_big5_is_told_from_gb18030(text: str) -> None:
    assert encoding_of(text.encode("big5")) == "big5hkscs"
    assert decoded(text.encode("big5")) == decoded(text.encode("gb18030")) == text
    cut = text.encode("big5")[: text.index("市") + 3]
    assert encoding_of(cut) == "big5hkscs" and encoding_of(SIMPLIFIED.encode("gbk")[:9]) == "gb18030"


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> ImportSummary:
    place = tmp_path_factory.mktemp("traditional")
    (place / "in").mkdir()
    files = {
        "big5.csv": TRADITIONAL.encode("big5"), "both.csv": BOTH.encode("big5"),
        "utf8.csv": TRADITIONAL.encode(),
        "gbk.csv": SIMPLIFIED.encode("gbk"), "japanese.csv": JAPANESE.encode("shift_jis"),
        "header.csv": "年度,縣市,總產值\n2010,臺州市,5\n2010,廣州市,6\n".encode("big5"),
    }  # fmt: skip
    for name, content in files.items():
        (place / "in" / name).write_bytes(content)
    return import_folder(place / "in", place / "mine")


def test_what_is_in_both_kinds_of_characters_is_read(imported: ImportSummary) -> None:
    found = cells(imported)
    assert {(c["file"], c["city_printed"], c["value"]) for c in found} == {
        ("both.csv", "北京市", 14113.0), ("both.csv", "上海市", 17165.0), ("gbk.csv", "亳州市", 9228.0),
        ("gbk.csv", "衢州市", None),
    }  # fmt: skip


def test_traditional_tables_are_refused_with_what_to_do(imported: ImportSummary) -> None:
    reasons = {refusal.file: refusal for refusal in imported.refusals}
    assert {file: refusal.message_id for file, refusal in reasons.items()} == {
        "big5.csv": "import_traditional",
        "header.csv": "import_traditional",
        "japanese.csv": "import_encoding_garbled",
        "utf8.csv": "import_traditional",
    }
    assert reasons["big5.csv"].arguments["seen"] == "地區生產總值(億元), 蘇州市, 無錫市"
    assert "Big5" in imported.report.read_text(encoding="utf-8")
