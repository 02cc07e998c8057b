#include "status_page/style.h"

namespace cloud_billing {

const std::string_view kStatusStyle = R"(
:root {
  color-scheme: light dark;
  --page: #f5f6f8; --card: #fff; --line: #dfe3e8; --text: #1b2430; --soft: #566273;
  --track: #e8ebef; --bar: #3b76d6; --link: #1f5bb8;
  --good: #1d7a4c; --warn: #8f5200; --bad: #b4232c; --bad-back: #fdf0f0; --warn-bar: #b36b00;
  --edge: #7b8794;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0f1318; --card: #171c23; --line: #2a323d; --text: #e4e9f0; --soft: #9ba8b8;
    --track: #262d37; --bar: #5a94ee; --link: #86b4fa;
    --good: #56c98f; --warn: #e8ac54; --bad: #ff8086; --bad-back: #2b191c; --warn-bar: #d9922e;
    --edge: #6f7d8e;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 1.25rem 1.25rem 2rem; max-width: 76rem;
  background: var(--page); color: var(--text);
  font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei",
    "Noto Sans CJK SC", "Noto Sans", sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
}
h1, h2, h3, p, ul, dl, dd { margin: 0; padding: 0; }
h1 { font-size: 1.25rem; letter-spacing: -.01em; }
h1 a { color: inherit; text-decoration: none; }
h2 { font-size: 1rem; }
h3 { font-size: 1rem; }
a { color: var(--link); text-underline-offset: .15em; }
:focus-visible {
  outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px;
}
code { font: .82em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; color: var(--soft); }
.note, .age { color: var(--soft); font-size: .86rem; font-weight: 400; }
.note a { display: inline-block; max-width: 100%; }
.card {
  background: var(--card); border: 1px solid var(--line); border-radius: 10px;
  padding: 1rem 1.15rem;
}
.money, .days { white-space: nowrap; }
.exact { margin: -.35rem 0 .5rem; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; z-index: 1; padding: .4rem .8rem; background: var(--card);
  border-radius: 7px; }
.currency { font-size: .78em; color: var(--soft); font-weight: 500; letter-spacing: .03em; }
.none { color: var(--soft); }
.good { color: var(--good); } .warn { color: var(--warn); } .bad { color: var(--bad); }

.top { display: flex; flex-wrap: wrap; gap: .6rem 2rem; justify-content: space-between;
  align-items: end; margin-bottom: 1rem; }
.top > div { flex: 1 1 22rem; }
.view { display: flex; flex-wrap: wrap; gap: .5rem 1.1rem; font-size: .86rem; margin-top: .35rem; }
form { display: flex; flex-wrap: wrap; gap: .4rem .5rem; align-items: end; }
.choice { display: grid; gap: .15rem; min-width: 0; }
.words { flex: 1 1 13rem; }
label { font-size: .86rem; color: var(--soft); }
input, button, select { font: inherit; color: inherit; padding: .35rem .65rem; border-radius: 7px;
  border: 1px solid var(--edge); background: var(--card); min-width: 0; max-width: 100%;
  min-height: 2.3rem; }
input::placeholder { color: var(--soft); opacity: 1; }
button { cursor: pointer; }
button:hover { border-color: var(--text); }
.choices { display: flex; flex-wrap: wrap; gap: .3rem 2rem; justify-content: space-between;
  font-size: .9rem; margin-bottom: .6rem; }
.choices nav, .choices p { display: flex; flex-wrap: wrap; gap: .5rem 1rem; }
.choices a[aria-current] { color: inherit; font-weight: 600; text-decoration: none; }

.bar { display: block; }
.bar .track { fill: var(--track); }
.bar .fill { fill: var(--bar); }
.bar.good .fill { fill: var(--good); } .bar.warn .fill { fill: var(--warn-bar); }
.bar.bad .fill { fill: var(--bad); }
.bar line { stroke: var(--text); stroke-width: 2; }

.total { display: grid; grid-template-columns: minmax(0, 6fr) minmax(0, 7fr); gap: 1rem 2.5rem;
  margin-bottom: 1rem; }
.total h3 { font-size: .86rem; color: var(--soft); font-weight: 500; margin-bottom: .4rem; }
.total ul + h3, .total details + h3 { margin-top: .8rem; }
.growth { list-style: none; }
.growth li { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; }
.big { font-size: clamp(1.7rem, 5.5vw, 2.5rem); font-weight: 650; letter-spacing: -.02em;
  line-height: 1.2; margin: .15rem 0 .6rem; }
.big .currency { font-size: .45em; }
.total .bar { margin-bottom: .4rem; }
dl > div { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem;
  padding: .3rem 0; border-top: 1px solid var(--line); }
dl { margin-top: .5rem; }
dt { color: var(--soft); }
dd { margin-left: auto; text-align: right; }

.services { list-style: none; display: grid; gap: .32rem .75rem;
  grid-template-columns: minmax(0, 11rem) minmax(2rem, 1fr) auto auto; }
.services li { display: grid; align-items: center; grid-column: 1 / -1;
  grid-template-columns: subgrid; }
.what { line-height: 1.25; }
.cost, .share { text-align: right; }
.share { color: var(--soft); font-size: .86rem; }
details { margin-top: .35rem; }
details + .note { margin-top: .35rem; }
summary { cursor: pointer; color: var(--soft); font-size: .86rem; }

.attention { margin-bottom: 1rem; border-left: 4px solid var(--warn-bar); }
.attention.urgent { border-left-color: var(--bad); }
.attention ul { list-style: none; margin-top: .3rem; }
.attention li { color: var(--text); padding: .14rem 0 .14rem 1.4rem; position: relative; }
.attention li::before { position: absolute; left: .1rem; content: "▲"; font-size: .8em;
  line-height: 1.8; color: var(--warn); }
.attention li.bad::before { content: "●"; color: var(--bad); }

#accounts, #by-label { margin: 1.4rem 0 .6rem; }
.all { font-size: .86rem; font-weight: 400; margin-left: .5rem; white-space: nowrap; }
.cards { display: grid; gap: 1rem; align-items: start;
  grid-template-columns: repeat(auto-fit, minmax(min(23rem, 100%), 1fr)); }
.cards > :only-child { columns: 2 24rem; column-gap: 2.5rem; }
.cards > :only-child > header { column-span: all; }
.cards > :only-child > * { break-inside: avoid; }
.cards > :only-child > .services + details { break-before: avoid; }
.cards > :only-child > .amount, .cards > :only-child > .exact { break-after: avoid; }
article > header { display: flex; justify-content: space-between; gap: 1rem; align-items: baseline; }
article > header > div { text-align: right; }
.state { display: inline-block; white-space: nowrap; font-size: .86rem; font-weight: 600; }
.state::before { content: "● "; font-size: .8em; }
.state.bad::before { content: "▲ "; }
.labels { display: flex; flex-wrap: wrap; gap: .25rem; margin: .25rem 0 .5rem; }
.label { font-size: .78rem; color: var(--soft); background: var(--page); padding: .02rem .45rem;
  border: 1px solid var(--line); border-radius: 99px; }
.amount { font-size: 1.45rem; font-weight: 620; letter-spacing: -.01em; margin-bottom: .3rem; }
.amount .currency { font-size: .55em; }
article .bar { margin-bottom: .1rem; }
article .services { border-top: 1px solid var(--line); padding: .35rem 0 .1rem; margin-top: .05rem; }
article .services { grid-template-columns: minmax(0, 1fr) 4.5rem auto; font-size: .92rem; }
article .services .share { display: none; }
.failure { background: var(--bad-back); border-radius: 7px; padding: .45rem .65rem;
  margin-top: .6rem; font-size: .9rem; }
.failure b { color: var(--bad); }
.failure span { color: var(--soft); }
.polls { margin-top: .6rem; border-top: 1px solid var(--line); padding-top: .35rem;
  font-size: .86rem; overflow-wrap: normal; }
table { width: 100%; border-collapse: collapse; }
th { text-align: left; font-weight: 500; }
thead th { color: var(--soft); font-size: .86rem; }
.polls th, .polls td { padding: .12rem .6rem .12rem 0; vertical-align: baseline; }
.polls time, .polls th { white-space: nowrap; }
.polls td:last-child, .polls th:last-child { padding-right: 0; text-align: right; }

.accounts td, .accounts th { padding: .4rem .5rem; border-top: 1px solid var(--line);
  text-align: right; vertical-align: baseline; }
.accounts thead th { border-top: 0; padding-top: 0; vertical-align: bottom; }
.accounts thead a { color: inherit; }
[aria-sort=ascending] a::after { content: " ▲"; font-size: .7em; }
[aria-sort=descending] a::after { content: " ▼"; font-size: .7em; }
.accounts th:first-child, .accounts td:nth-child(2), .accounts th:nth-child(2) { text-align: left; }
.used .bar { display: inline-block; width: 4.5rem; vertical-align: middle; margin-right: .5rem; }
.used, .accounts .none, .accounts .age { white-space: nowrap; }
.accounts tbody th { min-width: 7rem; }
.runs > details { margin-top: 0; }
.runs > details > summary { color: inherit; }
.runs ul { list-style: none; margin-top: .25rem; }
.runs ul, .runs .failure, .runs .note { font-size: .86rem; max-width: 18rem; }
.runs li { padding: .1rem 0; }
.pages { display: flex; gap: 1rem; justify-content: center; margin-top: .8rem; }

footer { margin-top: 1.6rem; color: var(--soft); font-size: .86rem; }
footer nav { display: flex; flex-wrap: wrap; gap: .5rem 1.2rem; margin: .8rem 0 .3rem; }
.help h2 { color: var(--text); }
.help p { max-width: 60rem; margin-top: .4rem; }

@media (max-width: 68rem) {
  .accounts, .accounts tbody, .accounts th, .accounts td { display: block; }
  .accounts thead { display: none; }
  .accounts tr { display: grid; grid-template-columns: 1fr 1fr; gap: 0 2rem; padding: .5rem 0;
    border-top: 1px solid var(--line); }
  .accounts tbody th { grid-column: 1 / -1; }
  .accounts tr:first-child { border-top: 0; }
  .accounts th, .accounts td { border: 0; padding: .08rem 0; text-align: left; }
  .accounts td[data-is] { display: flex; justify-content: space-between; gap: .6rem; }
  .accounts td[data-is]::before { content: attr(data-is); color: var(--soft); margin-right: auto;
    white-space: nowrap; }
  .used .bar { width: 5rem; align-self: center; margin: 0; }
}
@media (max-width: 46rem) {
  body { padding: .9rem .75rem 1.5rem; }
  .card { padding: .85rem .9rem; }
  .total { grid-template-columns: minmax(0, 1fr); }
  .top form { flex: 1 1 100%; }
  .polls .age { display: block; }
  .services { grid-template-columns: minmax(0, 1fr) auto auto; }
  .services .bar { grid-row: 2; grid-column: 1 / -1; margin: 0; }
  article .services { grid-template-columns: minmax(0, 1fr) auto; }
  .accounts tr { grid-template-columns: minmax(0, 1fr); }
}
)";

const std::string_view kStatusPolicy =
    "default-src 'none'; "
    "style-src 'sha256-/CwFF2kOMJIjupu3p70p1W8Vcx/Ik6Da/ddQuD2AMDQ='; "
    "img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

}  // namespace cloud_billing
