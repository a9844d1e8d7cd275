"""What every page that City Panel writes has in common: text that cannot act, and no way out of the file."""

from __future__ import annotations

from html import escape

# nothing is fetched and nothing runs, whatever stood in a cell
CONTENT_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
# no font is fetched: the first that the reader's machine has
FONTS = 'system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Zen Hei", sans-serif'


def escaped(text: object) -> str:
    """Return a text on one line, without control characters, its `<`, `>`, `&` and quotes escaped."""
    return escape("".join(sign for sign in " ".join(str(text).split()) if sign.isprintable()))


def language_tag(lang: str) -> str:
    """Return the language of a page for its `lang` attribute."""
    return {"zh": "zh-CN"}.get(lang, "en")


def document(title: str, lang: str, style: str, body: str) -> str:
    """Return the whole file of a page: `title` is text, `style` CSS, `body` the HTML between its tags."""
    return f"""<!doctype html>
<html lang="{language_tag(lang)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{CONTENT_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escaped(title)}</title>
<style>{style}</style>
</head>
<body>
{body}
</body>
</html>
"""
