// What was and what is coming, on one axis: the world, the script, the team. A planned inject can be dragged.
import { html, memo, useEffect, useLive, useRef, useState } from "../../h.js";
import { Card, Chip, Refusal, Segments } from "../base.js";
import { Glyph, Icon } from "../icons.js";

const MINUTE_MS = 60000;
const SPANS = [[60, "1 h"], [120, "2 h"], [480, "8 h"]];
const PAST = 0.4; // part of the axis that lies behind
const PX_PER_LETTER = 6.2;
const MARK_PX = 30;
const WIDEST_PX = 168;
const SIGN_PX = 26;
const GAP_PX = 4;
const LINE_PX = 27;
const DRAG_PX = 5;

const LANES = [["world", "World", 2], ["script", "Script", 3], ["team", "Team", 2]];
const GLYPHS = { "site.ejected": "down", "site.held": "down", "site.drained": "down", "site.down": "down", "site.admitted": "up", "site.powered": "up", "level.changed": "deg" };
const TEAM_ICONS = { "role.assumed": "flag", "update.sent": "mail", "operation.started": "wrench", "call.started": "phone", "role.handed_off": "hand", "ticket.closed": "ticket", "incident.opened": "bolt", "doc.opened": "doc", "decision.made": "scale" };
const SCRIPT_ICONS = { fired: "check", planned: "clock", held: "pause", withdrawn: "x", kept_away: "x", watched: "eye" };

export const titleOf = (row) => row.title || `${row.from}: ${row.text}`;
const short = (row) => (row.title ? row.title : row.from);

const marksOf = (timeline, happened) => [
  ...timeline.filter((row) => row.t_ms !== null && row.state !== "withdrawn" && row.state !== "kept_away").map((row) => ({
    key: row.inject, lane: "script", t_ms: row.t_ms, text: short(row), title: `${row.story} ${titleOf(row)}`, icon: SCRIPT_ICONS[row.state], kind: row.state, script: row })),
  ...happened.map((line) => ({
    key: `n${line.n}`, lane: line.lane, t_ms: line.t_ms, text: line.title, title: `${line.story} ${line.title}`,
    glyph: GLYPHS[line.kind], icon: TEAM_ICONS[line.kind], kind: line.lane === "team" ? "deed" : GLYPHS[line.kind] || "" })),
];

// Puts marks of a lane into lines so that none lies over another: a name that would be run over shrinks to its sign,
// and what finds no room even then is left out.
export const packed = (marks, lines, leftOf) => {
  const last = Array(lines).fill(null);
  const out = [];
  const endOf = (mark) => (mark ? mark.left + (mark.isSign ? SIGN_PX : mark.wide) + GAP_PX : -Infinity);
  [...marks].sort((a, b) => a.t_ms - b.t_ms).forEach((mark) => {
    const left = leftOf(mark.t_ms);
    const line = last.reduce((best, one, i) => (endOf(one) < endOf(last[best]) ? i : best), 0);
    const before = last[line];
    if (endOf(before) > left && before.left + SIGN_PX + GAP_PX > left) return;
    if (endOf(before) > left) before.isSign = true;
    last[line] = { ...mark, line, left, wide: Math.min(WIDEST_PX, MARK_PX + PX_PER_LETTER * mark.text.length), isSign: false };
    out.push(last[line]);
  });
  return out;
};

const Mark = ({ mark, choose, drag }) => {
  const inside = html`${mark.glyph ? html`<${Glyph} name=${mark.glyph} size=${10} />` : mark.icon && html`<${Icon} name=${mark.icon} size=${12} />`}<span class=${mark.isSign ? "vh" : "el"}>${mark.text}</span>`;
  const style = { left: `${mark.left}px`, top: `${mark.line * LINE_PX + 5}px`, maxWidth: `${mark.isSign ? SIGN_PX : WIDEST_PX}px` };
  if (!mark.script) return html`<span class="mk ${mark.kind}" style=${style} title=${mark.title}>${inside}</span>`;
  const may = mark.script.may.includes("move_inject");
  return html`<button type="button" class="mk ${mark.kind} ${may ? "may" : ""}" style=${style} title=${mark.title} onClick=${() => choose(mark.key)} onPointerDown=${may ? (event) => drag(event, mark) : undefined}>${inside}</button>`;
};

// Follows the pointer from a mark to where it is let go; a short move is a press.
const useDrag = (track, t_of, move) => {
  const [held, setHeld] = useState(null);
  const moved = useRef(false);
  const drag = (event, mark) => {
    if (event.button) return;
    const start = event.clientX;
    const offset = mark.left;
    moved.current = false;
    const at = (clientX) => Math.max(0, offset + clientX - start);
    const onMove = (now) => {
      if (Math.abs(now.clientX - start) < DRAG_PX && !moved.current) return;
      moved.current = true;
      setHeld({ key: mark.key, left: at(now.clientX), t_ms: t_of(at(now.clientX)) });
    };
    const onUp = (now) => {
      removeEventListener("pointermove", onMove);
      removeEventListener("pointerup", onUp);
      setHeld(null);
      if (moved.current) move(mark.script, t_of(at(now.clientX)));
    };
    addEventListener("pointermove", onMove);
    addEventListener("pointerup", onUp);
  };
  return { held, drag, moved };
};

export const Timeline = memo(({ timeline, happened, now_ms, choose }) => {
  const { store, commands } = useLive();
  const [span, setSpan] = useState(120);
  const [wide, setWide] = useState(800);
  const track = useRef(null);
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => setWide(entry.contentRect.width));
    watch.observe(track.current);
    return () => watch.disconnect();
  }, []);
  const step_ms = (span / 8) * MINUTE_MS;
  const from_ms = Math.max(0, Math.floor((now_ms - PAST * span * MINUTE_MS) / step_ms) * step_ms);
  const leftOf = (t_ms) => ((t_ms - from_ms) / (span * MINUTE_MS)) * wide;
  const t_of = (left) => Math.max(Math.ceil(now_ms / MINUTE_MS), Math.round((from_ms + (left / wide) * span * MINUTE_MS) / MINUTE_MS)) * MINUTE_MS;
  const move = (row, to_ms) => commands.send("move_inject", { inject: row.inject, to_ms }, "timeline");
  const { held, drag, moved } = useDrag(track, t_of, move);
  const inside = marksOf(timeline, happened).filter((mark) => mark.t_ms >= from_ms && mark.t_ms <= from_ms + span * MINUTE_MS);
  const press = (inject) => { if (!moved.current) choose(inject); moved.current = false; };
  const moving = (mark) => ({ ...mark, left: held.left, text: store.time(held.t_ms), isSign: false, kind: "moving" });
  const ticks = Array.from({ length: 9 }, (_, i) => from_ms + i * step_ms);
  const now = leftOf(now_ms);
  return html`<${Card} name="timeline" title="What is coming" note="drag a planned inject to move it" tools=${html`<span class="row tight wide"><${Chip} kind="ex" icon="check">Came<//><${Chip} kind="line" icon="clock">Planned<//><${Chip} kind="line dash" icon="pause">Held<//></span><${Segments} label="Length of the axis" value=${span} set=${setSpan} choices=${SPANS} />`}>
    <${Refusal} about="timeline" />
    <div class="tl"><div class="tlnames" aria-hidden="true"><span></span>${LANES.map(([id, title, lines]) => html`<b key=${id} style=${{ height: `${lines * LINE_PX + 8}px` }}>${title}</b>`)}</div>
    <div class="tltrack" ref=${track}>
      ${ticks.map((t, i) => html`<span key=${t} class="tk" style=${{ left: `${leftOf(t)}px` }}>${i < 8 && Math.abs(leftOf(t) - now) > 34 ? store.time(t) : ""}</span>`)}
      ${LANES.map(([id, title, lines]) => html`<div key=${id} class="tllane" role="group" aria-label=${title} style=${{ height: `${lines * LINE_PX + 8}px` }}>
        ${packed(inside.filter((mark) => mark.lane === id), lines, leftOf).map((mark) => html`<${Mark} key=${mark.key} mark=${held && held.key === mark.key ? moving(mark) : mark} choose=${press} drag=${drag} />`)}</div>`)}
      ${now >= 0 && now <= wide && html`<span class="tlnow" style=${{ left: `${now}px` }}><b>now ${store.time(now_ms)}</b></span>`}
    </div></div><//>`;
});
