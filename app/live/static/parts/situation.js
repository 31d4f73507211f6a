// One sentence first, then the numbers.
import { html, memo, useLive, useTick } from "../h.js";
import { duration } from "../format.js";
import { Chip, Status } from "./base.js";

const Age = ({ situation }) => {
  const { store } = useLive();
  useTick(1000);
  const [where, icon] = { document: ["Document", "doc"], dashboard: ["From the map", "grid"] }[situation.source] || [situation.by || "Said", "chat"];
  return html`<${Chip} icon=${icon} title=${situation.by ? `Said by ${situation.by}` : undefined}>${where}, ${
    store.time(situation.t_ms)} · ${duration(store.now() - situation.t_ms)} old<//>`;
};

const note = (item) => (item.state === "degraded" || item.state === "down" ? html`<${Status} state=${item.state}>${item.note}<//>` : item.note);

const Figure = ({ item }) => html`<div><dt>${item.label}</dt><dd>${item.value}</dd><dd class="note" title=${item.note}>${note(item)}</dd></div>`;

export const Situation = memo(({ situation, numbers, compact }) => html`
  <section class="card situation ${compact ? "compact" : ""}" data-part="situation" aria-label="Situation">
    <div class="say"><p>${situation && situation.text ? situation.text : "Nobody has said yet how things stand."}</p>
      ${situation && situation.text && html`<${Age} situation=${situation} />`}</div>
    ${numbers && numbers.length > 0 && html`<dl class="figures" style=${`--n:${numbers.length}`}>${numbers.map((item) => html`<${Figure} key=${item.id} item=${item} />`)}</dl>`}
  </section>`);
