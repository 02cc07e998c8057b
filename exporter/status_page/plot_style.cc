#include "status_page/plot_style.h"

namespace cloud_billing {

// The fills can be told apart with any kind of colour blindness, and each stands out from the card
// by at least 3:1, in light and dark.
const std::string_view kPlotStyle = R"(
:root {
  --p1: #1f4ee0; --p2: #df7006; --p3: #1f9d61; --p4: #5a2476; --p5: #7c1d00;
  --p-others: #4a5362; --p-untold: #8793a3;
}
@media (prefers-color-scheme: dark) {
  :root {
    --p1: #47c6ff; --p2: #f08a3c; --p3: #1a9a63; --p4: #a64df0; --p5: #ffcf95;
    --p-others: #c3cad4; --p-untold: #748296;
  }
}
.plots { display: grid; gap: .6rem 2.5rem; align-items: start; margin: .6rem 0 .4rem;
  grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); }
.total > .plots { grid-column: 1 / -1; margin: 0; }
.plot { margin: 0; min-width: 0; container-type: inline-size; }
.plot figcaption { font-size: .86rem; color: var(--soft); margin-bottom: .35rem; }
.columns { display: block; overflow: visible; width: calc(100% - var(--ticks));
  margin-left: var(--ticks); }
.short-ticks { --ticks: 2.6rem; } .ticks { --ticks: 4.4rem; } .long-ticks { --ticks: 6.6rem; }
.columns text { font-size: 11.5px; fill: var(--soft); }
.grid { stroke: var(--line); } .zero { stroke: var(--soft); }
.missing { stroke: var(--soft); stroke-width: 1.5; stroke-dasharray: 2 3; }
.p1 { fill: var(--p1); } .p2 { fill: var(--p2); } .p3 { fill: var(--p3); }
.p4 { fill: var(--p4); } .p5 { fill: var(--p5); }
.p-others { fill: var(--p-others); } .p-untold { fill: var(--p-untold); }
.open rect, .p-open { fill: var(--card); stroke: var(--p1); stroke-width: 1.5; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .05rem .9rem; font-size: .86rem; }
.swatch { margin-right: .15rem; vertical-align: -.1em; }
.values { overflow: auto; max-height: 20rem; position: relative; }
.values:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.values table { width: auto; min-width: 100%; font-size: .86rem; overflow-wrap: normal; }
.values td, .values th { padding: .12rem .7rem .12rem 0; text-align: right; white-space: nowrap; }
.values thead th { min-width: 5.5rem; white-space: normal; vertical-align: bottom; }
.values th:first-child { text-align: left; }
@media (max-width: 46rem) {
  .columns .minor { display: none; }
}
@container (max-width: 30rem) {
  .columns .minor { display: none; }
}
)";

}  // namespace cloud_billing
