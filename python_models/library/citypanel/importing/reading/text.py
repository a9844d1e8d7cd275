"""From bytes to text: UTF-8 and UTF-16 (with a byte order mark or without), else GB18030."""

from __future__ import annotations

import codecs

from citypanel.importing.reading.sheet import Refused

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def encoding_of(content: bytes) -> str:
    """Return the encoding of a text, which may be cut off anywhere (GB18030 where it is not UTF-8)."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    high, low = content[0:4096:2].count(0), content[1:4096:2].count(0)
    if max(high, low) > 4 * min(high, low) + 1:  # commas and digits have one byte zero, always the same one
        return "utf-16-be" if high > low else "utf-16-le"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(content, final=False)
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def decoded(content: bytes) -> str:
    """Return the text of a file.

    Raises `Refused` (`import_encoding_unknown`, `import_not_text`) where it is none.
    """
    try:
        text = content.decode(encoding_of(content))
    except UnicodeDecodeError as error:
        raise Refused("import_encoding_unknown", offset=error.start) from error
    if "\x00" in text:
        raise Refused("import_not_text")
    return text
