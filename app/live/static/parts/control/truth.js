// The world as it truly is: what no screen of a trainee shows.
import { html, memo } from "../../h.js";
import { percent } from "../../format.js";
import { Card, Chip, Status } from "../base.js";

const lines = (site) => [
  site.state === "up" ? `load ${percent(site.load_frac)}` : site.detail || "",
  `cache ${percent(site.cache_hit_frac)}`,
  site.heap > 0.02 ? `heap ${percent(site.heap)}` : "",
  site.leaking ? "leaks" : "",
  site.retries_per_first > 0.05 ? `retries ${site.retries_per_first.toFixed(1)}` : "",
  site.index_lost ? "index lost" : site.lag_s > 60 ? `index ${Math.round(site.lag_s / 60)} min behind` : "",
].filter(Boolean);

export const Truth = memo(({ world }) => html`<${Card} name="truth" title="The world as it truly is" mark=${html`<${Chip} kind="ex" icon="eye">Only facilitators see this<//>`} tools=${html`<span class="q wide">${percent(world.served_frac)} served · error budget ${percent(world.budget_left_frac)} left</span>`}>
  <div class="tru">${world.sites.map((site) => html`<div key=${site.id}><b>${site.title}</b> <${Status} state=${site.state} /><p class="q">${lines(site).join(", ")}</p></div>`)}
    <div class="cause" tabindex="0" role="region" aria-label="Cause"><b>Cause.</b> ${world.cause || "Nothing is broken by the scenario."}</div></div><//>`);
