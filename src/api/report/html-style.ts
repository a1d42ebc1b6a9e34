/**
 * How a report looks: one column of text, wide tables that scroll, light and dark by the reader's choice, A4 on paper.
 */
export const REPORT_STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fff; --ink: #1f2933; --quiet: #52606d; --line: #d5dae0; --zone: #f3f5f7;
  --series: #0b7285; --good: #0b6b4f; --bad: #b3261e; --aim: #8a5a00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #16191d; --ink: #e4e7eb; --quiet: #a3adb8; --line: #3a424c; --zone: #20252b;
    --series: #4cc3d9; --good: #5fd0a5; --bad: #ff9089; --aim: #e0b04d;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 2rem 1.25rem 3rem; max-width: 62rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; overflow-wrap: break-word;
}
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0; }
h2 { font-size: 1.3rem; margin: 2.25rem 0 .75rem; padding-top: .75rem; border-top: 2px solid var(--line); }
h3 { font-size: 1.02rem; margin: 1.5rem 0 .5rem; }
p { margin: .5rem 0; max-width: 48rem; }
header p, body > footer, small, figcaption, caption, blockquote footer { color: var(--quiet); }
a { color: var(--series); }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; margin: 1rem 0 0; list-style: none; }
section > ul { padding-left: 1.25rem; margin: .5rem 0; }
section > ul li { margin: .3rem 0; max-width: 48rem; }
.gap { padding: .6rem .8rem; border-left: 4px solid var(--aim); background: var(--zone); }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: .6rem 1.5rem; margin: .75rem 0; }
dt { font-size: .82rem; color: var(--quiet); }
dd { margin: 0; font-weight: 600; }
.wide { overflow-x: auto; margin: .75rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .87rem; }
caption, figcaption { text-align: left; font-size: .87rem; padding-bottom: .4rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem 0 .45rem .9rem; border-bottom: 1px solid var(--line); }
thead th { color: var(--quiet); font-weight: 600; vertical-align: bottom; min-width: 4.5rem; }
tbody th { font-weight: 600; min-width: 12rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
td.number { white-space: nowrap; }
th:first-child { padding-left: 0; }
.short { white-space: nowrap; }
small { display: block; font-size: .92em; font-weight: 400; }
.number small { white-space: nowrap; }
.good { color: var(--good); font-weight: 600; }
.bad { color: var(--bad); font-weight: 600; }
figure { margin: 1rem 0; }
svg { display: block; max-width: 100%; height: auto; }
.bars { min-width: 40rem; font-size: 12.5px; }
text { fill: var(--ink); }
.line, .whisker, .zero, .aim { fill: none; stroke: var(--series); stroke-width: 1.75; stroke-linejoin: round; }
.whisker { stroke: var(--ink); stroke-width: 1.5; }
.zero { stroke: var(--line); stroke-width: 1; }
.aim { stroke: var(--aim); stroke-width: 1; stroke-dasharray: 4 3; }
.dot { fill: var(--series); }
.bar { fill: var(--series); opacity: .55; }
.spark { min-width: 7rem; }
blockquote { margin: .6rem 0; padding: .1rem 0 .1rem .9rem; border-left: 3px solid var(--line); }
blockquote p { margin: .2rem 0; }
blockquote footer { font-size: .82rem; }
body > footer { margin-top: 2.5rem; border-top: 1px solid var(--line); font-size: .85rem; }
:focus-visible { outline: 3px solid var(--series); outline-offset: 2px; }
@media screen and (max-width: 48rem) { table { min-width: 46rem; } }
@page { size: A4; margin: 15mm 14mm; }
@media print {
  :root {
    color-scheme: light;
    --paper: #fff; --ink: #111; --quiet: #444; --line: #bbb; --zone: #f3f3f3;
    --series: #0b7285; --good: #0b6b4f; --bad: #b3261e; --aim: #8a5a00;
  }
  body { padding: 0; max-width: none; font-size: 10pt; }
  nav { display: none; }
  .wide { overflow: visible; }
  table { font-size: 8.5pt; }
  thead { display: table-header-group; }
  table { min-width: 0; }
  tbody th, thead th { min-width: 0; }
  th, td { padding-left: .6em; }
  .spark { min-width: 80px; width: 80px; }
  h2, h3, caption, figcaption { break-after: avoid; }
  tr, figure, blockquote, .gap { break-inside: avoid; }
  .bars { min-width: 0; }
}
`;
