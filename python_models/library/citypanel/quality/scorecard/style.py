"""How the scorecard looks: two schemes of colour, a scale of type, frames that scroll by themselves."""

from citypanel.web_page import FONTS

STYLE = (
    """
:root { color-scheme: light dark; --paper: #fbfaf7; --sheet: #fff; --ink: #1d2830; --quiet: #596670;
  --line: #e4e1da; --good: #3d8a76; --warn: #d98e1f; --bad: #b23a2e; --calm: #a9b7c0; --blue: #3a6ea5;
  --good-ground: #e3f1ec; --warn-ground: #fbedd4; --bad-ground: #f7dfdb; --calm-ground: #edf0f2;
  --good-ink: #1f5c4d; --warn-ink: #7a4a00; --bad-ink: #8c261c; --m-complete: #bfdcd3;
  --m-unpublished: #eae8e3; }
@media (prefers-color-scheme: dark) { :root { --paper: #14191d; --sheet: #1b2227; --ink: #e6eaec;
  --quiet: #9ba8b0;
  --line: #2e373d; --good: #57ab94; --warn: #e0a144; --bad: #dd6b5d; --calm: #5d6c76; --blue: #6ea3d8;
  --good-ground: #1d3831; --warn-ground: #3d3018; --bad-ground: #40211d; --calm-ground: #283137;
  --good-ink: #9ed8c6; --warn-ink: #f0c987; --bad-ink: #f3aea5; --m-complete: #2f5a4f;
  --m-unpublished: #262d31; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.55 FONTS; }
main { max-width: 76rem; margin: 0 auto; padding: 2.2rem 1.5rem 4rem; }
h1 { font-size: 2rem; line-height: 1.2; font-weight: 650; letter-spacing: -.01em; margin: .2rem 0 .3rem;
  overflow-wrap: anywhere; }
h2 { font-size: 1.25rem; font-weight: 650; margin: 0 0 .25rem; }
p { margin: .3rem 0 .8rem; max-width: 48rem; color: var(--quiet); overflow-wrap: anywhere; }
.over { font-size: .8rem; letter-spacing: .08em; color: var(--quiet); display: flex;
  justify-content: space-between; gap: 1rem; }
a { color: var(--blue); text-decoration: none; } a:hover, a:focus { text-decoration: underline; }
nav { display: flex; flex-wrap: wrap; gap: .3rem 1.1rem; margin: 1.2rem 0 0; font-size: .9rem; }
section { background: var(--sheet); border: 1px solid var(--line); border-radius: 10px;
  padding: 1.3rem 1.5rem;
  margin-top: 1.4rem; }
.banner { display: flex; flex-wrap: wrap; align-items: baseline; gap: .2rem 1.2rem; border-radius: 10px;
  padding: .9rem 1.3rem; margin: 1.2rem 0; background: var(--warn-ground); color: var(--warn-ink); }
.banner strong { font-size: 1.7rem; line-height: 1.25; font-weight: 700; }
.banner span { flex-basis: 100%; font-size: .92rem; }
.banner.real { background: var(--good-ground); color: var(--good-ink); }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.4rem, 1fr)); gap: .8rem; }
.card { background: var(--sheet); border: 1px solid var(--line); border-top: 3px solid var(--calm);
  border-radius: 10px; padding: .8rem 1rem; display: flex; flex-direction: column; min-width: 0; }
.card b { font-size: 1.55rem; line-height: 1.2; font-weight: 650; font-variant-numeric: tabular-nums; }
.card small { color: var(--quiet); font-size: .8rem; line-height: 1.4; margin-top: .15rem; }
.card.good { border-top-color: var(--good); } .card.warn { border-top-color: var(--warn); }
.card.bad { border-top-color: var(--bad); background: var(--bad-ground); }
td.failed { color: var(--bad-ink); font-weight: 700; }
.wide { overflow-x: auto; } .wide:focus-visible { outline: 2px solid var(--blue); }
table { border-collapse: collapse; width: 100%; font-size: .88rem; } table.small { width: auto;
  min-width: 24rem; }
caption { text-align: left; font-weight: 600; padding: 1rem 0 .3rem; }
th { text-align: left; font-weight: 600; font-size: .78rem; color: var(--quiet); vertical-align: bottom; }
th, td { padding: .34rem .9rem .34rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tr:last-child td { border-bottom: 0; }
th.n, td.n { text-align: right; } td.n { font-variant-numeric: tabular-nums; white-space: nowrap; }
  td.zero { color: var(--calm); }
code { font: .92em ui-monospace, "DejaVu Sans Mono", monospace; } td code { white-space: nowrap; }
.bar { display: flex; height: .8rem; min-width: 9rem; margin-top: .3rem; gap: 1px; }
.bar i { display: block; min-width: 2px; }
i.good { background: var(--good); } i.warn { background: var(--warn); } i.bad { background: var(--bad); }
i.calm { background: var(--calm); } i.blue { background: var(--blue); }
.mark { display: inline-block; border-radius: 4px; padding: 0 .45rem; margin: 1px 0;
  background: var(--calm-ground); }
.mark.good { background: var(--good-ground); color: var(--good-ink); }
.mark.warn { background: var(--warn-ground); color: var(--warn-ink); }
.mark.bad { background: var(--bad-ground); color: var(--bad-ink); }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; font-size: .85rem; max-width: none; }
.legend i { display: inline-block; width: .8rem; height: .8rem; margin-right: .4rem; vertical-align: -1px; }
details { margin-top: .8rem; } summary { cursor: pointer; color: var(--blue); font-size: .92rem; }
.map svg { display: block; width: 100%; min-width: 44rem; height: auto; } .map text { fill: var(--quiet); }
.map .m-title { font-size: 12px; font-weight: 600; fill: var(--ink); } .map .m-province { font-size: 10px; }
.map .m-year { font-size: 9px; text-anchor: end; }
.m-complete { fill: var(--m-complete); background: var(--m-complete); }
.m-unpublished { fill: var(--m-unpublished); background: var(--m-unpublished); }
.m-partly { fill: var(--warn); background: var(--warn); } .m-missing { fill: var(--bad);
  background: var(--bad); }
.m-interpolated { fill: var(--blue); background: var(--blue); }
footer { margin-top: 1.6rem; font-size: .85rem; color: var(--quiet); }
@media (max-width: 640px) { main { padding: 1.2rem .8rem 3rem; } section { padding: 1rem .9rem; }
  h1 { font-size: 1.5rem; } .banner strong { font-size: 1.35rem; }
  .cards { grid-template-columns: 1fr 1fr; } }
@media (max-width: 640px) { .wide table { width: max-content; min-width: 100%; }
  .wide td { max-width: 15rem; } }
@media print { section { break-inside: avoid; } body { background: #fff; } }
"""
).replace("FONTS", FONTS)
