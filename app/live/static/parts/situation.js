// One sentence first, then the numbers.
import { html, memo, useLive, useTick } from "../h.js";
import { duration } from "../format.js";
import { Chip, Status, stateOf } from "./base.js";
import { Glyph } from "./icons.js";

const Age = ({ situation }) => {
  const { store } = useLive();
  useTick(1000);
  const [where, icon] = { document: ["Document", "doc"], dashboard: ["From the map", "grid"] }[situation.source] || [situation.by || "Said", "chat"];
  return html`<${Chip} icon=${icon} title=${situation.by ? `Said by ${situation.by}` : undefined}>${where}, ${
    store.time(situation.t_ms)} · ${duration(store.now() - situation.t_ms)} old<//>`;
};

const note = (item) => (item.state === "degraded" || item.state === "down" ? html`<${Status} state=${item.state}>${item.note}<//>` : item.note);

const Figure = ({ item }) => html`<div><dt>${item.label}</dt><dd>${item.value}</dd><dd class="note" title=${item.note}>${note(item)}</dd></div>`;

// The worst that the sites and the numbers say: a site that is out must not read like a quiet night.
const worstOf = (sites, numbers) => {
  const states = (numbers || []).map((one) => one.state);
  if ((sites || []).some((site) => site.state === "down" && !site.standby) || states.includes("down")) return "down";
  return states.includes("degraded") ? "degraded" : null;
};

const Alarm = ({ sites, numbers }) => {
  const worst = worstOf(sites, numbers);
  if (!worst) return null;
  const [glyph, colour, word] = stateOf(worst);
  return html`<span class="alarm c-${colour}"><${Glyph} name=${glyph} size=${14} /><span class="vh">${word}: </span></span>`;
};

export const Situation = memo(({ situation, numbers, compact, sites }) => html`
  <section class="card situation ${compact ? "compact" : ""}" data-part="situation" aria-label="Situation">
    <div class="say"><${Alarm} sites=${sites} numbers=${numbers} /><p>${situation && situation.text ? situation.text : "Nobody has said yet how things stand."}</p>
      ${situation && situation.text && html`<${Age} situation=${situation} />`}</div>
    ${numbers && numbers.length > 0 && html`<dl class="figures" style=${`--n:${numbers.length}`}>${numbers.map((item) => html`<${Figure} key=${item.id} item=${item} />`)}</dl>`}
  </section>`);
