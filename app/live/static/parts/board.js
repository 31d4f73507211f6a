// Sites x services: the commander's lanes with the traffic fan, the tech lead's dense map. One set of cells.
import { html, memo, useLive, useRef } from "../h.js";
import { percent, whole } from "../format.js";
import { Card, Chip, Status, stateOf } from "./base.js";
import { Glyph } from "./icons.js";

const LANE_PX = 58;
const HEAD_PX = 22;
const FAN_PX = 100;
const FLOW_PX = 46;
const FILL = { up: "var(--ok-fill)", degraded: "var(--deg-fill)", down: "var(--down-fill)", warming: "var(--idle-fill)" };

const cellOf = (site, service) => site.cells.find((cell) => cell.service === service) || { state: "unknown", value: "", title: `${service} at ${site.title}: not known` };

const Since = ({ site }) => {
  const { store } = useLive();
  if (site.detail) return html`<span class="q xs el" title=${site.detail}>${site.detail.replace(", takes no traffic", "").replace("health checks: ", "checks: ")}</span>`;
  if (site.state === "up") return null;
  return html`<span class="q xs el">since ${store.time(site.since_ms)}</span>`;
};

const Load = ({ site }) => html`<div class="load"><div class="row"><b class="n">${percent(site.load_frac)}</b><span class="sp"></span><span class="q xs el">${site.load_text}</span></div>
  <div class="mtr" role="img" aria-label=${`Load ${percent(site.load_frac)}, ${site.load_text}`}><i style=${`width:${Math.min(100, site.load_frac * 100)}%;background:${site.state === "up" ? "var(--ink-3)" : FILL[site.state] || "var(--ink-3)"}`}></i></div></div>`;

// A band from the users to one lane; its thickness is the share of the traffic.
const band = (from_y, to_y, px) => `M0 ${from_y}C50 ${from_y} 46 ${to_y} ${FAN_PX} ${to_y}V${to_y + px}C46 ${to_y + px} 50 ${from_y + px} 0 ${from_y + px}Z`;

const fanShapes = (sites) => {
  const served = sites.map((site) => Math.max(0, site.share_frac) * FLOW_PX);
  let from = (sites.length * LANE_PX) / 2 - served.reduce((a, b) => a + b, 0) / 2;
  const source_y = from;
  return sites.map((site, i) => {
    const centre = i * LANE_PX + LANE_PX / 2;
    if (site.share_frac <= 0) return { site, cut: true, centre, path: `M4 ${source_y}C52 ${source_y} 42 ${centre} 84 ${centre}` };
    const shape = { site, cut: false, centre, path: band(from, centre - served[i] / 2, served[i]) };
    from += served[i];
    return shape;
  });
};

const Fan = memo(({ sites, traffic }) => {
  const shapes = fanShapes(sites);
  const height = sites.length * LANE_PX;
  const cut = (shape) => shape.cut && shape.site.state !== "up" && !shape.site.standby;
  const said = shapes.map(({ site }) => `${site.title} ${site.share_frac > 0 ? percent(site.share_frac) : "none"}`).join(", ");
  return html`<div class="fan" style=${`padding-top:${HEAD_PX}px`}>
    <svg viewBox=${`0 0 ${FAN_PX} ${height}`} width=${FAN_PX} height=${height} role="img" aria-label=${`Traffic from users: ${said}`}>
      ${shapes.filter((shape) => !shape.cut || !shape.site.standby).map((shape) => shape.cut
        ? html`<path d=${shape.path} class="cut" />`
        : html`<path d=${shape.path} fill=${FILL[shape.site.state] || FILL.up} opacity=".42" />`)}
      ${shapes.filter(cut).map(({ centre }) => html`<path d=${`M80 ${centre - 4}l8 8m0-8l-8 8`} class="x" />`)}
    </svg>
    ${traffic && html`<div class="fl"><b class="n">${whole(traffic.rps)}</b><span>requests/s</span></div>`}
    ${shapes.filter((shape) => !shape.cut).map(({ site, centre }) => html`<div class="ff n" style=${`top:${HEAD_PX + centre - 8}px`}>${percent(site.share_frac)}</div>`)}
  </div>`;
});

const Lane = memo(({ site, services }) => html`<tr class="lane ${site.state}">
  <th scope="row"><div class="who"><b>${site.title}</b>${site.standby && site.title !== "Standby" ? html` <span class="s">standby</span>` : null}</div>
    <div class="row tight"><${Status} state=${site.state}>${site.word}<//><${Since} site=${site} /></div></th>
  ${services.map((service) => {
    const cell = cellOf(site, service.id);
    const [glyph, colour, word] = stateOf(cell.state);
    return html`<td key=${service.id} title=${cell.title}><span class="c c-${colour} ${cell.state}"><${Glyph} name=${glyph} size=${12} /><em>${cell.state === "down" ? "" : cell.value}</em><span class="vh">${word}</span></span></td>`;
  })}
  <td class="ld"><${Load} site=${site} /></td></tr>`);

const Legend = () => html`<span class="wide legend">${["up", "degraded", "down", "warming"].map((state) => html`<${Chip}><${Status} state=${state} /><//>`)}</span>`;

// Mock-up 02: lanes, the fan on the left, load on the right.
export const Board = memo(({ sites, services, traffic }) => html`<${Card} name="board" title="Sites and services"
    note="99 of 100 requests are faster, ms; data in % busy" tools=${html`<${Legend} />`}>
  <div class="board"><${Fan} sites=${sites} traffic=${traffic} />
    <table class="lanes"><thead><tr><th><span class="vh">Site</span></th>${services.map((service) => html`<th scope="col">${service.title}</th>`)}<th class="ld" scope="col">Load against capacity</th></tr></thead>
    <tbody>${sites.map((site) => html`<${Lane} key=${site.id} site=${site} services=${services} />`)}</tbody></table></div><//>`);

// Arrow keys move in the map; one cell is in the tab order.
const useRoving = (rows, columns) => {
  const at = useRef([0, 0]);
  const onKeyDown = (event) => {
    const move = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] }[event.key];
    if (!move) return;
    event.preventDefault();
    const r = Math.min(rows - 1, Math.max(0, at.current[0] + move[0]));
    const c = Math.min(columns - 1, Math.max(0, at.current[1] + move[1]));
    const next = event.currentTarget.querySelector(`[data-at="${r}.${c}"]`);
    if (next) next.focus();
  };
  return { at, onKeyDown };
};

// Mock-up 03: the dense map; a cell chooses its site for the charts and its service for the logs.
export const ServiceMap = memo(({ sites, services, chosen, choose }) => {
  const { at, onKeyDown } = useRoving(sites.length, services.length);
  const isChosen = (site, service) => chosen && chosen.site === site.id && chosen.service === service.id;
  return html`<${Card} name="board" title="Services by site" note="99 of 100 requests are faster than this, ms"
      tools=${html`<span class="q wide">A cell chooses charts and logs</span>`}>
    <table class="hm" onKeyDown=${onKeyDown}><thead><tr><th><span class="vh">Site</span></th>${services.map((service) => html`<th scope="col">${service.title}</th>`)}</tr></thead>
    <tbody>${sites.map((site, r) => html`<tr key=${site.id}><th scope="row"><${Status} state=${site.state}>${site.title} ${site.word.toLowerCase()}<//></th>
      ${services.map((service, c) => {
        const cell = cellOf(site, service.id);
        const [glyph, colour, word] = stateOf(cell.state);
        return html`<td><button type="button" class="cell ${cell.state} c-${colour}" data-at=${`${r}.${c}`} tabindex=${r === 0 && c === 0 ? 0 : -1}
          aria-pressed=${Boolean(isChosen(site, service))} title=${cell.title} onFocus=${() => { at.current = [r, c]; }} onClick=${() => choose(site.id, service.id)}>
          ${cell.state !== "up" && html`<${Glyph} name=${glyph} size=${9} />`}${cell.value}<span class="vh"> ${word}, ${service.title} at ${site.title}</span></button></td>`;
      })}</tr>`)}</tbody></table><//>`;
});

// Phone: a site a row, without the services.
export const SiteList = memo(({ sites }) => html`<${Card} name="sites" title="Sites"><ul class="sitelist">${sites.map((site) => html`<li key=${site.id}>
  <div><b>${site.title}</b><div class="row tight"><${Status} state=${site.state}>${site.word}<//><${Since} site=${site} /></div></div><${Load} site=${site} /></li>`)}</ul><//>`);

export const siteTitle = (sites, id) => (sites && (sites.find((site) => site.id === id) || {}).title) || id;
export const busiest = (sites) => (sites || []).reduce((best, site) => (!best || site.share_frac > best.share_frac ? site : best), null);
