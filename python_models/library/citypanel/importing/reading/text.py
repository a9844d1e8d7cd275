"""From bytes to text: UTF-8 and UTF-16 (with a byte order mark or without), else GB18030 or Big5.

The two Chinese encodings take each other's bytes for rare characters: a text is in the one whose common
characters it holds, and in neither where it holds none of them (never mojibake).
"""

from __future__ import annotations

import codecs
from collections import Counter

from citypanel.importing.reading.sheet import Refused

SIMPLIFIED, TRADITIONAL = "gb18030", "big5hkscs"
JUDGED, FEW = 200_000, 20
MOSTLY, HARDLY = 0.9, 0.3
_COMMON = {
    # symbols and the characters of GB 2312 (between them letters that no Chinese table holds)
    SIMPLIFIED: ("gb2312", lambda lead: lead <= 0xA3 or lead >= 0xB0),
    # symbols and the frequent half of the characters
    TRADITIONAL: ("big5", lambda lead: lead <= 0xC6),
}  # fmt: skip
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def encoding_of(content: bytes) -> str:
    """Return the encoding of a text, which may be cut off anywhere: of one that is not UTF-8, Big5 where it
    is surely that, else GB18030.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    high, low = content[0:4096:2].count(0), content[1:4096:2].count(0)
    if max(high, low) > 4 * min(high, low) + 1:  # commas and digits have one byte zero, always the same one
        return "utf-16-be" if high > low else "utf-16-le"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(content, final=False)
    except UnicodeDecodeError:
        return _chinese(content)
    return "utf-8"


def _chinese(content: bytes) -> str:
    """Return which of the Chinese encodings a text is in."""
    common, _ = _common_share(content, SIMPLIFIED)
    if common < MOSTLY / 2 and _common_share(content, TRADITIONAL)[0] > MOSTLY:
        return TRADITIONAL
    return SIMPLIFIED


def _common_share(content: bytes, encoding: str) -> tuple[float, int]:
    """Return the share of common characters among those beyond ASCII, and how many there are; 0 where the
    text is not in the encoding.
    """
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(content[:JUDGED], final=False)
    except UnicodeDecodeError:
        return 0.0, 0
    narrow, is_common = _COMMON[encoding]
    signs = Counter(sign for sign in text if ord(sign) > 0x7F)
    common = sum(
        n for sign, n in signs.items() if (raw := sign.encode(narrow, "ignore")) and is_common(raw[0])
    )
    return common / max(signs.total(), 1), signs.total()


def check_readable(content: bytes, encoding: str) -> None:
    """Raise `Refused` (`import_encoding_garbled`) for a text that would be rare characters alone."""
    if encoding == SIMPLIFIED:
        common, signs = _common_share(content, encoding)
        if signs >= FEW and common < HARDLY:
            shown = content[:JUDGED].decode(encoding, "ignore")
            seen = "".join(sign for sign in shown if ord(sign) > 0x7F)[:12]
            raise Refused("import_encoding_garbled", seen=seen)


def decoded(content: bytes) -> str:
    """Return the text of a file.

    Raises `Refused` where it is none (`import_encoding_unknown`, `import_encoding_garbled`,
    `import_not_text`).
    """
    encoding = encoding_of(content)
    check_readable(content, encoding)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused("import_encoding_unknown", offset=error.start) from error
    if "\x00" in text:
        raise Refused("import_not_text")
    return text
