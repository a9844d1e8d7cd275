"""The import report as one HTML file: no script, no address, every printed text escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from citypanel.messages import language, message
from citypanel.web_page import FONTS, document, escaped

_STYLE = (
    """
:root { color-scheme: light dark; --line: #8884; --head: #8882; }
body { font: 15px/1.5 FONTS; margin: 2rem auto;
  max-width: 90rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
nav { columns: 18rem; margin: 1rem 0; } nav a { display: block; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; } th, td { border: 1px solid var(--line); padding: .2rem .5rem;
  text-align: left; vertical-align: top; max-width: 32rem; overflow-wrap: anywhere; }
th { background: var(--head); } td.number { text-align: right; font-variant-numeric: tabular-nums; }
.none { opacity: .6; }
"""
).replace("FONTS", FONTS)


@dataclass(frozen=True)
class Section:
    """A heading and a table; `rows` are the first of `count`."""

    name: str
    heading: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    count: int


def page(title: str, lines: Iterable[str], sections: Sequence[Section]) -> str:
    """Return the page in the language in force."""
    contents = "\n".join(
        f'<a href="#{part.name}">{escaped(part.heading)} ({part.count:,})</a>' for part in sections
    )
    body = f"""<h1>{escaped(title)}</h1>
<ul>
{"".join(f"<li>{escaped(line)}</li>" for line in lines)}
</ul>
<nav>
{contents}
</nav>
{"".join(map(_section, sections))}"""
    return document(title, language(), _STYLE, body)


def _section(section: Section) -> str:
    """Return a section with its table; one with nothing in it says so."""
    heading = f'<h2 id="{section.name}">{escaped(section.heading)}</h2>\n'
    if not section.rows:
        return f'{heading}<p class="none">{escaped(message("import_report_none"))}</p>\n'
    heads = "".join(f"<th>{escaped(head)}</th>" for head in section.heads)
    body = "\n".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in section.rows)
    table = f'<div class="wide"><table><tr>{heads}</tr>\n{body}\n</table></div>\n'
    left = section.count - len(section.rows)
    return heading + table + (f"<p>{escaped(message('import_report_more', rows=left))}</p>\n" if left else "")


def _cell(text: str) -> str:
    number = text.replace(",", "").isdecimal()
    return f'<td class="number">{escaped(text)}</td>' if number else f"<td>{escaped(text)}</td>"
