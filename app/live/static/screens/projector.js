// The projector: the big picture for the room. Every size follows the window; nothing here can be pressed but "Full screen".
import uPlot from "../vendor/uPlot.esm.js";
import { html, memo, useEffect, useLive, useRef, useState, useTick } from "../h.js";
import { countdown, duration, figure, firstName, percent, sentence, tPlus } from "../format.js";
import { listenKeys } from "../keys.js";
import { AsOf, Exercise, Link, StateChip } from "../parts/bar.js";
import { Avatar, stateOf } from "../parts/base.js";
import { niceTop, readColours, seriesOf, slice, soft, ticks } from "../parts/charts.js";
import { Glyph, Icon } from "../parts/icons.js";

const MINUTE_MS = 60000;
const BACK_MIN = 60;
const AHEAD_MIN = 8;
const LONG_DAYS = { Mon: "Monday", Tue: "Tuesday", Wed: "Wednesday", Thu: "Thursday", Fri: "Friday", Sat: "Saturday", Sun: "Sunday" };

const BigClock = () => {
  const { store } = useLive();
  useTick(250);
  const now = store.now();
  const [day, time] = store.dayTime(now).split(" ");
  return html`<div class="pclock"><div class="pck" role="timer" aria-label="Time of the story">${time}</div><div class="ptp">${LONG_DAYS[day] || day} · ${tPlus(now)}</div></div>`;
};

const Served = ({ served }) => html`<div class="pserved"><b class=${`c-${stateOf(served.state)[1]}`}>${served.value}</b><span>of users are served</span></div>`;

// Why a site is as it is, in one line: since when it is out, else how full it is.
const detailOf = (site, store) => {
  const why = site.detail;
  if (site.share_frac > 0) return [`${percent(site.load_frac)} full`, why].filter(Boolean).join(", ");
  if (site.since_ms !== null) return `since ${store.time(site.since_ms)}, ${why || "no traffic"}`;
  return why || "takes no traffic";
};

// A site ready in reserve is neither good nor bad news: it stands apart in shape and word.
const lookOf = (site) => (site.standby && site.state === "up" && !(site.share_frac > 0) ? "idle" : site.state);

const Site = ({ site }) => {
  const { store } = useLive();
  const [glyph, colour, word] = stateOf(lookOf(site));
  return html`<section class="psite k-${colour}" aria-label=${site.title}><h2>${site.title}</h2>
    <div class="pword c-${colour}"><${Glyph} name=${glyph} size="1em" />${lookOf(site) === "idle" ? word : site.word}</div>
    <div class="pload" aria-hidden="true"><i style=${`width:${Math.min(100, Math.round(site.load_frac * 100))}%`}></i></div>
    <p>${detailOf(site, store)}</p></section>`;
};

const makePlot = (box, model, size) => {
  const px = model.current.font;
  const read = () => model.current;
  const axis = { font: `${px}px Inter, system-ui, sans-serif`, stroke: () => read().colours["ink-2"], ticks: { show: false }, gap: px / 2 };
  const now = (u) => {
    const x = Math.round(u.valToPos(read().now, "x", true));
    Object.assign(u.ctx, { strokeStyle: read().colours.ink, lineWidth: 2 * devicePixelRatio });
    u.ctx.beginPath(); u.ctx.moveTo(x, u.bbox.top); u.ctx.lineTo(x, u.bbox.top + u.bbox.height); u.ctx.stroke();
  };
  return new uPlot({
    ...size,
    legend: { show: false },
    cursor: { show: false },
    padding: [px * 0.6, px, 0, 0],
    scales: { x: { time: false, range: () => read().range }, y: { range: (u, lo, hi) => [0, niceTop(Math.max(hi || 0, 0.5))] } },
    axes: [
      { ...axis, size: px * 2, grid: { show: false }, splits: (u) => ticks(u.scales.x.min, u.scales.x.max), values: (u, all) => all.map((m) => read().time(m * MINUTE_MS)) },
      { ...axis, size: px * 3.6, grid: { stroke: () => read().colours.grid, width: 1 }, space: px * 4, values: (u, all) => all.map(figure) },
    ],
    series: [{}, { stroke: () => read().colours.act, width: Math.max(2, px / 6), fill: () => soft(read().colours.act, 16), points: { show: false } }],
    hooks: { draw: [now] },
  }, read().data, box);
};

// One line, an hour back; drawn anew when the window changes, for its letters grow with it.
const Answered = memo(({ chart, series, theme }) => {
  const { store } = useLive();
  const box = useRef(null);
  const model = useRef({});
  const plot = useRef(null);
  const first = chart.t0_ms / MINUTE_MS;
  const now = first + (series.values.length - 1) * (chart.step_ms / MINUTE_MS);
  const range = [Math.max(first, now - BACK_MIN), now + AHEAD_MIN];
  Object.assign(model.current, { data: slice(chart, series, range), range, now, time: (t_ms) => store.time(t_ms) });
  useEffect(() => {
    const build = () => {
      const { clientWidth: width, clientHeight: height } = box.current;
      if (!width || !height) return;
      if (plot.current) plot.current.destroy();
      Object.assign(model.current, { colours: readColours(box.current), font: Math.round(parseFloat(getComputedStyle(box.current).fontSize)) });
      plot.current = makePlot(box.current, model, { width, height });
    };
    build();
    const watch = new ResizeObserver(build);
    watch.observe(box.current);
    return () => { watch.disconnect(); if (plot.current) plot.current.destroy(); plot.current = null; };
  }, []);
  useEffect(() => {
    model.current.colours = readColours(box.current);
    if (plot.current) plot.current.setData(model.current.data);
  }, [series, theme]);
  const last = series.values[series.values.length - 1];
  return html`<div ref=${box} class="pplot" role="img" aria-label=${`Requests answered per second: ${figure(last)} at ${store.time(now * MINUTE_MS)}`}></div>`;
});

const Person = ({ seat }) => html`<li><${Avatar} seat=${seat} /><span><b>${firstName(seat.name)}</b><small><span>${seat.title}</span>${seat.bot && html`<em>bot</em>`}</small></span></li>`;

const NextUpdate = ({ at }) => {
  const { store } = useLive();
  useTick(500);
  if (at === null) return html`<span>No update promised yet</span>`;
  const left = at - store.now();
  return left >= 0 ? html`<span>Next update to the list in <b class="m">${countdown(left)}</b></span>`
    : html`<span class="c-deg"><${Glyph} name="deg" size="1em" /> Update to the list <b>${duration(-left)} late</b></span>`;
};

const bare = (url) => url.replace(/^https?:\/\//, "");
// A server that answers this machine alone can be joined from it only: no phone is promised then.
const isHere = (url) => /^(localhost|127\.[\d.]+|\[::1\])(:|\/|$)/.test(bare(url));
const Join = ({ door, url }) => html`<span class="pjoin">Join on ${isHere(url) ? "this machine" : "your phone"}: <b>${bare(url)}</b>, code <b class="m pcode">${door.code}</b></span>`;

const useFull = () => {
  const [full, set] = useState(Boolean(document.fullscreenElement));
  useEffect(() => {
    const tell = () => set(Boolean(document.fullscreenElement));
    document.addEventListener("fullscreenchange", tell);
    return () => document.removeEventListener("fullscreenchange", tell);
  }, []);
  return full;
};

const toggleFull = () => {
  if (!document.fullscreenEnabled) return false;
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen().catch(() => {});
  return true;
};

const Full = () => {
  const full = useFull();
  const place = useRef(null);
  useEffect(() => listenKeys(place.current.getRootNode(), { f: toggleFull }), []);
  return html`<span ref=${place}>${!full && document.fullscreenEnabled && html`<button type="button" class="bare pfull" title="Full screen (F)" onClick=${toggleFull}>Full screen</button>`}</span>`;
};

const Foot = ({ state, link, joinUrl }) => html`<footer class="pfoot"><${StateChip} state=${state} link=${link} />${link.state !== "live" && html`<${Link} link=${link} />`}
  ${state.drill.state === "ended" ? html`<span>${sentence(state.drill.end_reason || "")}</span>` : html`<${NextUpdate} at=${state.next_update_ms} />`}
  <span class="sp"></span>${state.door.open && html`<${Join} door=${state.door} url=${joinUrl || `${location.origin}/join`} />`}<${Full} /></footer>`;

export const Projector = ({ state, link, theme, joinUrl }) => {
  const series = seriesOf(state.charts, "answered");
  return html`<div class="projector"><${Exercise} title=${state.drill.title} marker=${state.drill.marker} />${link.state !== "live" && html`<${AsOf} link=${link} />`}
    <main class=${link.state === "live" ? "" : "stale"}>
      <div class="ptop"><${BigClock} /><h1 class="psay">${state.situation || "Nobody has said yet how things stand."}</h1>${state.served && html`<${Served} served=${state.served} />`}</div>
      <div class="psites" style=${`--n:${state.sites.length || 1}`}>${state.sites.map((site) => html`<${Site} key=${site.id} site=${site} />`)}</div>
      <div class="plow"><section class="pcard" aria-label="Requests answered"><h2>Requests answered, per second</h2>${series ? html`<${Answered} chart=${state.charts} series=${series} theme=${theme} />` : html`<p class="pnone">Nothing measured yet.</p>`}</section>
        <section class="pcard" aria-label="Who does what"><h2>Who does what</h2><ul class="pseats ${state.seats.length > 6 ? "many" : ""}">${state.seats.map((seat) => html`<${Person} key=${seat.seat} seat=${seat} />`)}</ul></section></div>
    </main><${Foot} state=${state} link=${link} joinUrl=${joinUrl} /></div>`;
};
