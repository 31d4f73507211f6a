// Line charts: numbered annotations, a shared cross-hair, a limit line, a plain trend in dashes.
import uPlot from "../vendor/uPlot.esm.js";
import { html, memo, useEffect, useLive, useRef, useState } from "../h.js";
import { figure } from "../format.js";
import { Card, Segments } from "./base.js";

const MINUTE_MS = 60000;
const TREND_MIN = 15;
const NEAR_FRAC = 0.5; // below half of the limit a trend of 15 minutes says nothing about being full

// Least squares over the last 15 minutes: {slope per minute, value now, minutes until the limit | null}. A trend, not a forecast of the world.
export const trendOf = (values, limit) => {
  const last = values.slice(-TREND_MIN).filter((v) => v !== null && v !== undefined);
  if (last.length < 5) return null;
  const n = last.length;
  const mid = (n - 1) / 2;
  const mean = last.reduce((a, b) => a + b, 0) / n;
  let up = 0;
  let across = 0;
  last.forEach((v, i) => { up += (i - mid) * (v - mean); across += (i - mid) ** 2; });
  const slope = up / across;
  const value = last[n - 1];
  const near = limit && slope > 0.02 && value < limit && value >= limit * NEAR_FRAC;
  const full_min = near ? (limit - value) / slope : null;
  return { slope, value, full_min };
};

export const readColours = (el) => {
  const style = getComputedStyle(el);
  const get = (name) => style.getPropertyValue(`--${name}`).trim();
  return Object.fromEntries(["act", "deg-fill", "down", "edge", "grid", "ink", "ink-2", "ink-3", "surface"].map((name) => [name, get(name)]));
};

const FONT = "11px Inter, system-ui, sans-serif";
export const ticks = (from, to) => {
  const step = [5, 10, 15, 30, 60, 120, 240, 480].find((s) => (to - from) / s <= 5) || 960;
  const out = [];
  const last = to - (to - from) * 0.05;
  for (let t = Math.ceil(from / step) * step; t <= last; t += step) out.push(t);
  return out;
};

export const niceTop = (top) => {
  const scale = 10 ** Math.floor(Math.log10(top));
  return [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].map((k) => k * scale).find((v) => v >= top * 1.04) || 10 * scale;
};

// Draws what uPlot does not: now, annotations, limit, trend.
const overlay = (model) => (u) => {
  const { ctx, bbox } = u;
  const k = devicePixelRatio;
  const { marks, now, series, trend, colours: c } = model.current;
  const x = (minute) => Math.round(u.valToPos(minute, "x", true));
  const y = (value) => u.valToPos(value, "y", true);
  const bottom = bbox.top + bbox.height;
  const line = (x1, y1, x2, y2, colour, dash, width = 1) => {
    ctx.beginPath(); ctx.setLineDash(dash.map((d) => d * k)); ctx.strokeStyle = colour; ctx.lineWidth = width * k;
    ctx.moveTo(x1, y1); ctx.lineTo(x2, y2); ctx.stroke();
  };
  const text = (words, at_x, at_y, colour, align, weight = "") => {
    ctx.font = `${weight} ${FONT.replace("11px", `${11 * k}px`)}`.trim();
    ctx.textAlign = align; ctx.fillStyle = colour; ctx.strokeStyle = c.surface; ctx.lineWidth = 3 * k; ctx.setLineDash([]);
    ctx.strokeText(words, at_x, at_y); ctx.fillText(words, at_x, at_y);
  };
  ctx.save();
  ctx.textBaseline = "alphabetic";
  if (series.limit) line(bbox.left, y(series.limit), bbox.left + bbox.width, y(series.limit), c.down, [5, 4]);
  if (trend && trend.full_min !== null && trend.full_min < 180) {
    const end = u.scales.x.max;
    line(x(now), y(trend.value), x(end), y(trend.value + trend.slope * (end - now)), c.down, [4, 4], 1.75);
    const room = bbox.left + bbox.width - x(now) > 150 * k;
    text(trend.words, room ? bbox.left + bbox.width - 4 * k : x(now) - 6 * k, y(trend.value) + (y(trend.value) + 24 * k > bottom ? -8 : 18) * k, c.down, "right", "600");
  }
  line(x(now), bbox.top, x(now), bottom, c.ink, [], 1.5);
  let before = -Infinity;
  let row = 0;
  marks.forEach((mark) => {
    const at = x(mark.t_ms / MINUTE_MS);
    if (at < bbox.left || at > bbox.left + bbox.width) return;
    row = at - before < 18 * k ? (row + 1) % 3 : 0;
    before = at;
    const top = bbox.top - 6 * k + row * 15 * k;
    line(at, top + 14 * k, at, bottom, c.edge, [2, 3]);
    const width = (mark.n > 9 ? 20 : 16) * k;
    ctx.setLineDash([]); ctx.fillStyle = c.surface; ctx.strokeStyle = c.edge; ctx.lineWidth = k;
    ctx.beginPath(); ctx.roundRect(at - width / 2, top, width, 14 * k, 3 * k); ctx.fill(); ctx.stroke();
    ctx.font = `600 ${11 * k}px Inter, system-ui, sans-serif`; ctx.textAlign = "center"; ctx.fillStyle = c["ink-2"];
    ctx.fillText(String(mark.n), at, top + 11 * k);
  });
  ctx.restore();
};

export const soft = (colour, alpha) => `color-mix(in srgb, ${colour} ${alpha}%, transparent)`;

const makePlot = (box, model, size) => {
  const read = () => model.current;
  const colour = () => read().colours[read().tone === "deg" ? "deg-fill" : "act"];
  const axis = { font: FONT, stroke: () => read().colours["ink-2"], ticks: { show: false }, gap: 4 };
  return new uPlot({
    ...size,
    legend: { show: false },
    padding: [10, 10, 0, 0],
    cursor: { sync: { key: read().sync, setSeries: false }, drag: { x: false, y: false }, y: false, points: { size: 6 } },
    scales: { x: { time: false, range: () => read().range }, y: { range: (u, lo, hi) => [0, niceTop(Math.max(hi || 0, (read().series.limit || 0) * 1.08, read().floor || 0.5))] } },
    axes: [
      { ...axis, size: 20, grid: { show: false }, splits: (u) => ticks(u.scales.x.min, u.scales.x.max), values: (u, all) => all.map((m) => read().time(m * MINUTE_MS)) },
      { ...axis, size: 38, grid: { stroke: () => read().colours.grid, width: 1 }, space: 34, values: (u, all) => all.map(figure) },
    ],
    series: [{}, { stroke: colour, width: 1.75, fill: () => soft(colour(), 12), points: { show: false } }],
    hooks: { draw: [overlay(model)], setCursor: [(u) => read().point(u.cursor.idx)] },
  }, read().data, box);
};

export const slice = (chart, series, range) => {
  const first = chart.t0_ms / MINUTE_MS;
  const step = chart.step_ms / MINUTE_MS;
  const xs = [];
  const ys = [];
  series.values.forEach((v, i) => {
    const at = first + i * step;
    if (at >= range[0] - step && at <= range[1]) { xs.push(at); ys.push(v); }
  });
  return [xs, ys];
};

// One chart. `range` in minutes [from, to]; `now_min` is the last minute the series knows.
export const Plot = memo(({ chart, series, marks, range, now_min, tone, trend, sync, theme, floor, title }) => {
  const { store } = useLive();
  const box = useRef(null);
  const model = useRef(null);
  const plot = useRef(null);
  const [at, setAt] = useState(null);
  const data = slice(chart, series, range);
  const line = trend ? trendOf(series.values, series.limit) : null;
  if (line && line.full_min !== null) line.words = `trend: full near ${store.time((now_min + line.full_min) * MINUTE_MS)}`;
  const last = series.values[series.values.length - 1];
  model.current = { ...(model.current || {}), data, series, marks, range, now: now_min, tone, trend: line, floor, sync, time: (t_ms) => store.time(t_ms),
    point: (i) => setAt(i === null || i === undefined ? null : i) };
  useEffect(() => {
    model.current.colours = readColours(box.current);
    const size = () => ({ width: Math.max(120, box.current.clientWidth), height: Math.max(70, box.current.clientHeight) });
    plot.current = makePlot(box.current, model, size());
    const watch = new ResizeObserver(() => plot.current && plot.current.setSize(size()));
    watch.observe(box.current);
    return () => { watch.disconnect(); plot.current.destroy(); plot.current = null; };
  }, []);
  useEffect(() => {
    model.current.colours = readColours(box.current);
    plot.current.setData(data);
  }, [series, marks, range[0], range[1], now_min, theme, tone]);
  const [xs, ys] = data;
  const read = at !== null && xs[at] !== undefined ? html`<span class="q n">${figure(ys[at])} at ${store.time(xs[at] * MINUTE_MS)}</span>` : null;
  const words = `${title || series.title}: ${figure(last)} ${series.unit} at ${store.time(now_min * MINUTE_MS)}${line && line.words ? `, ${line.words}` : ""}`;
  return html`<div class="plot"><div class="readout" aria-hidden="true">${read}</div><div ref=${box} class="canvas" role="img" aria-label=${words}></div></div>`;
});

const lastMinute = (chart, series) => (chart.t0_ms + (series.values.length - 1) * chart.step_ms) / MINUTE_MS;
const inRange = (marks, range) => (marks || []).filter((mark) => mark.t_ms / MINUTE_MS >= range[0] && mark.t_ms / MINUTE_MS <= range[1]);
const legendOf = (marks) => marks.slice(-4).map((mark) => `${mark.n} ${mark.text}`).join(" · ");
const toneOf = (series) => (series.site ? "deg" : "act");

// The same values as a table, for those who read rather than look.
const Values = ({ chart, series }) => {
  const { store } = useLive();
  const rows = series.values.map((v, i) => [chart.t0_ms + i * chart.step_ms, v]).filter((_, i, all) => (all.length - 1 - i) % 5 === 0).slice(-12);
  return html`<div class="values" tabindex="0" role="region" aria-label=${`${series.title}, values`}><table class="tbl"><caption class="vh">${series.title}, ${series.unit}, every 5 minutes</caption><tbody>
    ${rows.map(([t_ms, v]) => html`<tr><th scope="row" class="m">${store.time(t_ms)}</th><td class="n">${figure(v)} ${series.unit}</td></tr>`)}</tbody></table></div>`;
};

const TableButton = ({ on, set }) => html`<button type="button" class="bare xs s" aria-pressed=${on} onClick=${() => set(!on)}>${on ? "Chart" : "Table"}</button>`;

// Commander: one chart in its own card, an hour back and half an hour ahead.
export const ChartCard = memo(({ chart, series, trend, theme, note }) => {
  const [table, setTable] = useState(false);
  const now_min = lastMinute(chart, series);
  const range = [now_min - 60, now_min + (trend ? 35 : 15)];
  const marks = inRange(chart.marks, range);
  return html`<${Card} name="chart" className="chart" title=${series.title} note=${note || legendOf(marks) || series.unit} tools=${html`<${TableButton} on=${table} set=${setTable} />`}>
    ${table ? html`<${Values} chart=${chart} series=${series} />`
      : html`<${Plot} chart=${chart} series=${series} marks=${marks} range=${range} now_min=${now_min} tone=${toneOf(series)} trend=${trend} sync="console" theme=${theme} />`}<//>`;
});

const WINDOWS = [[15, "15 min"], [60, "1 h"], [360, "6 h"]];

// Tech lead: what belongs to one site side by side, the cross-hair moves in all.
export const SiteCharts = memo(({ chart, title, list, theme, minutes, setMinutes }) => {
  const [table, setTable] = useState(false);
  const now_min = lastMinute(chart, list[0]);
  const range = [now_min - minutes, now_min + Math.max(3, Math.round(minutes / 8))];
  const marks = inRange(chart.marks, range);
  return html`<${Card} name="charts" title=${title} className="charts" tools=${html`<span class="q el wide">${legendOf(marks)}</span><${TableButton} on=${table} set=${setTable} />
      <${Segments} label="Time shown" value=${minutes} set=${setMinutes} choices=${WINDOWS} />`}>
    <div class="ch" style=${`--n:${list.length}`}>${list.map((series) => html`<div key=${series.id}><h3>${series.title} <span>${series.unit}</span></h3>
      ${table ? html`<${Values} chart=${chart} series=${series} />`
        : html`<${Plot} chart=${chart} series=${series} marks=${marks} range=${range} now_min=${now_min} tone=${toneOf(series)} trend=${Boolean(series.limit)} sync="console" theme=${theme} />`}</div>`)}</div><//>`;
});

export const seriesOf = (charts, id) => charts && charts.series.find((series) => series.id === id && series.values.length > 1);
export const ofSite = (charts, site) => (charts ? charts.series.filter((series) => series.site === site && series.values.length > 1) : []);
