// The console in two cuts: the commander's (one picture, people, talk) and the tech lead's (sites, logs, operations).
// Other roles get the commander's cut; what their view lacks is not drawn. Nothing waits for who only watches: notes stand there.
import { html, memo, useLive } from "../h.js";
import { Board, ServiceMap, SiteList, busiest, siteTitle } from "../parts/board.js";
import { ChartCard, SiteCharts, ofSite, seriesOf } from "../parts/charts.js";
import { Channel, Composer } from "../parts/channel.js";
import { Alerts, Changes, Hypotheses } from "../parts/changes.js";
import { Logs } from "../parts/logs.js";
import { Jobs, OperationsPanel } from "../parts/operations.js";
import { Notes } from "../parts/notes.js";
import { Situation } from "../parts/situation.js";
import { Tasks, Waiting } from "../parts/waiting.js";

const TREND_NOTE = "share of capacity, and the trend of the last 15 min";

const Charts = memo(({ state, theme }) => {
  const site = busiest(state.sites);
  const answered = seriesOf(state.charts, "answered");
  const load = site && seriesOf(state.charts, `${site.id}.load`);
  if (!answered && !load) return null;
  return html`<div class="pair2">${answered && html`<${ChartCard} key="answered" chart=${state.charts} series=${answered} theme=${theme} />`}
    ${load && html`<${ChartCard} key=${load.id} chart=${state.charts} series=${load} theme=${theme} trend note=${TREND_NOTE} />`}</div>`;
});

const Asked = ({ state, grow }) => html`${state.asked && (!state.notes || state.asked.length > 0) && html`<${Waiting} asked=${state.asked} seats=${state.seats} mail=${state.mail} />`}
  ${state.notes && html`<${Notes} notes=${state.notes} tags=${state.note_tags} grow=${grow} />`}`;

export const CommanderConsole = ({ state, theme, low }) => html`<div class="view cols commander">
  <div class="main">
    <${Situation} situation=${state.situation} numbers=${state.numbers} sites=${state.sites} compact=${low} />
    ${state.sites && html`<${Board} sites=${state.sites} services=${state.services} traffic=${state.traffic} />`}
    ${state.charts && html`<${Charts} state=${state} theme=${theme} />`}
  </div>
  <div class="side">
    <${Asked} state=${state} grow />
    ${state.running && state.running.some((job) => job.state === "running") && html`<${Jobs} running=${state.running.filter((job) => job.state === "running")} me=${state.me} />`}
    ${state.tasks && html`<${Tasks} tasks=${state.tasks} />`}
    ${state.channel && html`<${Channel} channel=${state.channel} seats=${state.seats} />`}
  </div></div>`;

const WANTED = ["load", "p99", "retries"];
const three = (list) => {
  const named = WANTED.map((end) => list.find((series) => series.id.endsWith(`.${end}`))).filter(Boolean);
  return [...named, ...list.filter((series) => !named.includes(series))].slice(0, 3);
};

const shortTitle = (series, site) => (series.title.startsWith(`${site} `) ? { ...series, title: series.title.slice(site.length + 1).replace(/^./, (c) => c.toUpperCase()) } : series);

const SiteChartsOf = memo(({ charts, sites, site, theme, minutes, setMinutes }) => {
  const title = siteTitle(sites, site);
  const list = three(ofSite(charts, site)).map((series) => shortTitle(series, title));
  const all = list.length ? list : charts.series.filter((series) => series.values.length > 1).slice(0, 3);
  if (!all.length) return null;
  return html`<${SiteCharts} key=${site} chart=${charts} title=${list.length ? title : "All sites"} list=${all} theme=${theme} minutes=${minutes} setMinutes=${setMinutes} />`;
});

export const siteOf = (state, ui) => (ui.chosen && ui.chosen.site) || (busiest(state.sites) || {}).id;

// The operations lie over what waits: one line says that it does, and leads back.
const StillWaiting = ({ asked }) => {
  const hard = (asked || []).filter((item) => !item.soft);
  const { ui } = useLive();
  if (!hard.length) return null;
  return html`<button type="button" class="stillwaits" onClick=${() => ui.set({ panel: false })}><span class="cnt">${hard.length}</span><span class="el fill">${hard[0].title}</span><span class="s">Show</span></button>`;
};

export const TechLeadConsole = ({ state, ui, theme, link, doing }) => html`<div class="view cols techlead">
  <div class="main">
    <${Situation} situation=${state.situation} numbers=${state.numbers} sites=${state.sites} compact />
    ${state.sites && html`<${ServiceMap} sites=${state.sites} services=${state.services} chosen=${ui.chosen} choose=${doing.choose} />`}
    ${state.charts && html`<${SiteChartsOf} charts=${state.charts} sites=${state.sites} site=${siteOf(state, ui)} theme=${theme} minutes=${ui.minutes} setMinutes=${doing.setMinutes} />`}
    ${state.me.logs && state.sites && state.services && html`<${Logs} query=${ui.logs} setQuery=${doing.setLogs} sites=${state.sites} services=${state.services} me=${state.me} hypotheses=${state.hypotheses} link=${link} />`}
    ${state.hypotheses && html`<${Hypotheses} hypotheses=${state.hypotheses} me=${state.me} brief />`}
  </div>
  ${ui.panel && state.operations
    ? html`<div class="side"><${StillWaiting} asked=${state.asked} /><${OperationsPanel} operations=${state.operations} running=${state.running || []} me=${state.me} chosen=${ui.operation} choose=${doing.operation} rev=${doing.stamp} close=${doing.closePanel} given=${ui.given} /></div>`
    : html`<div class="side">${state.asked && html`<${Waiting} asked=${state.asked} seats=${state.seats} mail=${state.mail} />`}
        ${state.running && state.running.length > 0 && html`<${Jobs} running=${state.running} me=${state.me} />`}
        ${state.channel && html`<${Channel} channel=${state.channel} seats=${state.seats} />`}</div>`}</div>`;

export const LogsView = ({ state, ui, link, doing }) => html`<div class="view two wide-left">
  <div class="main">${state.me.logs && state.sites && state.services && html`<${Logs} query=${ui.logs} setQuery=${doing.setLogs} sites=${state.sites} services=${state.services} me=${state.me} hypotheses=${state.hypotheses} link=${link} />`}
    ${state.hypotheses && html`<${Hypotheses} hypotheses=${state.hypotheses} me=${state.me} />`}</div>
  <div class="side">${state.changes && html`<${Changes} changes=${state.changes} grow />`}${state.alerts && html`<${Alerts} alerts=${state.alerts} />`}</div></div>`;

// Phone: one column, four tabs. What waits for me comes before what I can look at.
export const PhoneNow = ({ state }) => html`<div class="view">
  <${Situation} situation=${state.situation} numbers=${state.numbers} sites=${state.sites} />
  <${Asked} state=${state} />
  ${state.running && state.running.length > 0 && html`<${Jobs} running=${state.running} me=${state.me} />`}
  ${state.tasks && state.tasks.length > 0 && html`<${Tasks} tasks=${state.tasks} />`}</div>`;

export const PhoneSites = ({ state, theme }) => html`<div class="view">${state.sites && html`<${SiteList} sites=${state.sites} />`}
  ${state.charts && html`<${Charts} state=${state} theme=${theme} />`}${state.alerts && html`<${Alerts} alerts=${state.alerts} />`}</div>`;

export const PhoneBridge = ({ state }) => html`<div class="view bridge">${state.channel && html`<${Channel} channel=${state.channel} seats=${state.seats} />`}
  ${state.me.may.includes("send_message") && html`<${Composer} />`}</div>`;
