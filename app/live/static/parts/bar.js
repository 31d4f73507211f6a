// The bar: clock, state, who does what, the connection; the exercise strip; the clock's controls.
import { html, memo, useEffect, useLive, useState, useTick } from "../h.js";
import { countdown, duration, sentence, speed, tPlus } from "../format.js";
import { useDraft } from "../drafts.js";
import { Act, Avatar, Button, Chip, Dialog, Field, Refusal, Segments, Select, Status, TextInput } from "./base.js";
import { Icon } from "./icons.js";

export const Exercise = memo(({ title, marker = "EXERCISE" }) => html`<div class="exb" role="note"><b>${marker}</b>
  <span class="wide">${title} · nothing on this screen is real</span><b class="wide">${marker}</b></div>`);

export const Now = () => {
  const { store } = useLive();
  useTick(250);
  const now = store.now();
  return html`<span class="ck" data-t=${now}>${store.dayTime(now)}</span><span class="tp">${tPlus(now)}</span>`;
};

const short = (text) => (text.length > 34 ? `${text.slice(0, 32).trim()}…` : text);

export const StateChip = ({ state, link }) => {
  const { clock, drill } = state;
  if (drill.state === "ended") return html`<${Chip} kind="line" icon="check">Ended<//>`;
  if (link.state !== "live") return null;
  if (clock.state === "paused") return html`<${Chip} kind="deg" icon="pause">${clock.halted_by ? "Stopped, real" : "Paused"}<//>`;
  if (clock.state === "skipping") return html`<${Chip} kind="act" icon="skip">Skipping<//>`;
  const slowed = clock.slowed_because;
  return html`<${Chip} kind="act" icon="play" title=${slowed ? sentence(slowed) : clock.skip_ended ? `The skip ended early: ${clock.skip_ended}` : undefined}><span>${slowed ? "Slowed to" : "Running"} ${speed(clock.speed)}${slowed && html`<span class="wide">, ${slowed}</span>`}${!slowed && clock.skip_ended && html`<span class="wide">, skip ended: ${short(clock.skip_ended)}</span>`}</span><//>`;
};

// Live, reconnecting with its seconds, or gone.
export const Link = ({ link }) => {
  useTick(1000);
  if (link.state === "live") return html`<${Status} state="up">Live<//>`;
  if (link.state === "gone") return html`<${Chip} kind="down" glyph="down">Stream ended<//>`;
  const seconds = Math.max(1, Math.round((Date.now() - link.since) / 1000));
  return html`<${Chip} kind="deg" glyph="deg">${link.state === "connecting" ? "Connecting" : "Reconnecting"}, ${seconds} s<//>`;
};

export const Confirm = ({ title, text, label, kind, command, data, close }) => html`<${Dialog} title=${title} close=${close}>
  <p>${text}</p><${Refusal} about=${`clock.${command}`} />
  <div class="row end"><${Button} onClick=${close} data-first=${kind === "danger"}>Keep going<//>
    <${Act} command=${command} data=${data} about=${`clock.${command}`} kind=${kind} then=${close} data-first=${kind !== "danger"}>${label}<//></div><//>`;

// Before time is skipped it is settled who watches, when the next word is due and what stops it: the skip card.
const SkipDialog = ({ clock, close }) => {
  const { store } = useLive();
  const { seats = [], me } = store.state;
  const [card, setCard] = useDraft("skip", { watches: me.seat, next_update_min: 30, stop_if: "a page, or one more site in trouble" });
  const put = (name) => (value) => setCard({ ...card, [name]: value });
  const [far, setFar] = useState(false);
  const skip = far ? clock.skip_with_card : clock.skip;
  const needs = skip.needs_card !== false;
  const further = clock.skip_with_card && clock.skip_with_card.to_ms !== clock.skip.to_ms;
  const full = !needs || Boolean(card.stop_if.trim());
  const people = clock.watchers && clock.watchers.length ? clock.watchers : [[me.seat, `${me.name}, you`], ...seats.filter((seat) => seat.seat !== me.seat).map((seat) => [seat.seat, `${seat.name}, ${seat.title.toLowerCase()}`])];
  return html`<${Dialog} title=${`Skip to ${skip.story}?`} close=${close}><p>The story runs on to ${skip.story}, ${skip.title}, without you. What is running goes on; a page stops the skip.</p>
    ${further && html`<div class="f gapped"><span class="lab">How far</span><${Segments} label="How far" value=${far} set=${setFar} choices=${[[false, clock.skip.story], [true, `${clock.skip_with_card.story}, with a card`]]} /></div>`}
    ${needs && html`<div class="col gapped"><${Field} label="Who watches">${(id) => html`<${Select} id=${id} value=${card.watches} set=${put("watches")} choices=${people} />`}<//>
      <div class="f"><span class="lab">Next update within</span><${Segments} label="Next update within" value=${card.next_update_min} set=${put("next_update_min")} choices=${[[15, "15 min"], [30, "30 min"], [60, "1 h"], [120, "2 h"]]} /></div>
      <${Field} label="Stop if">${(id) => html`<${TextInput} id=${id} value=${card.stop_if} set=${put("stop_if")} maxlength="200" />`}<//></div>`}<${Refusal} about="clock.skip" />
    <div class="row end"><${Button} onClick=${close}>Keep going<//><${Act} command="skip" data=${{ to_ms: skip.to_ms, ...(needs ? { card: { ...card, stop_if: card.stop_if.trim() } } : {}) }} about="clock.skip" kind="p" disabled=${!full} then=${close} data-first>Skip to ${skip.story}<//></div><//>`;
};

const SPEEDS = [1, 2, 3, 5, 10, 20, 40, 60];

export const ClockControls = memo(({ clock, words, calling }) => {
  const { commands } = useLive();
  const [asking, ask] = useState(null);
  useEffect(() => { if (calling) ask(null); }, [calling]); // a page comes first
  const hindered = asking === "skip" && !clock.skip;
  useEffect(() => { if (hindered) ask(null); }, [hindered]); // what hinders a skip too; the question never comes back by itself
  const may = new Set((clock.may || []).map((name) => (name === "set_speed" ? "speed" : name)));
  if (!may.size) return null;
  const paused = clock.state === "paused";
  const speeds = [...new Set([...SPEEDS, clock.speed, clock.book_speed || clock.speed].map(Number))].sort((a, b) => a - b);
  const close = () => ask(null);
  const labelled = (text) => (words ? text : html`<span class="vh">${text}</span>`);
  return html`<div class="clockctl ${words ? "words" : ""}" role="group" aria-label="Clock">
    ${may.has("pause") && html`<${Act} kind="sm" icon=${paused ? "play" : "pause"} command=${paused ? "resume" : "pause"} about="clock.pause">
      ${paused ? "Resume" : "Pause"}<//>`}
    ${may.has("speed") && html`<${Select} aria-label="Speed of the clock" value=${String(clock.speed)}
      choices=${speeds.map((n) => [String(n), `${speed(n)}${n === clock.book_speed ? " plan" : ""}`])}
      set=${(value) => commands.send("set_speed", { speed: Number(value) }, "clock.speed")} />`}
    ${may.has("skip") && clock.skip && html`<${Button} kind="sm" icon="skip" title=${`Skip to ${clock.skip.story}, ${clock.skip.title}`} onClick=${() => ask("skip")}>${labelled(`Skip to ${clock.skip.story}`)}<//>`}
    ${may.has("skip") && !clock.skip && clock.skip_hindered && html`<${Button} kind="sm" icon="skip" disabled title=${`No skip now: ${clock.skip_hindered}`}>${labelled(`No skip now: ${clock.skip_hindered}`)}<//>`}
    ${may.has("stop") && html`<${Button} kind="sm" icon="stop" title="Stop the drill" onClick=${() => ask("stop")}>${labelled("Stop the drill")}<//>`}
    ${asking === "skip" && clock.skip && html`<${SkipDialog} clock=${clock} close=${close} />`}
    ${asking === "stop" && html`<${Confirm} title="Stop the drill?" label="Stop and score" kind="danger" command="stop" data=${{}} close=${close}
      text="The drill ends here and is scored as far as it went. This cannot be undone." />`}
    ${["pause", "speed"].map((name) => html`<${Refusal} about=${`clock.${name}`} />`)}
  </div>`;
});

const Pair = ({ label, children, right }) => html`<span class="pair ${right ? "right" : ""}"><span class="k">${label}</span><span class="v">${children}</span></span>`;

const NextUpdate = ({ at }) => {
  const { store } = useLive();
  useTick(1000);
  if (at === null || at === undefined) return html`<span class="s">none promised</span>`;
  const left = at - store.now();
  return left >= 0 ? html`in ${countdown(left)}, at ${store.time(at)}` : html`<${Status} state="degraded">${duration(-left)} late, was ${store.time(at)}<//>`;
};

const Since = ({ t_ms }) => {
  const { store } = useLive();
  useTick(1000);
  return duration(store.now() - t_ms);
};

const OPEN_TASKS = new Set(["asked", "confirmed", "acknowledged"]);
const myTask = (state) => (state.tasks || []).find((task) => task.to === state.me.seat && (OPEN_TASKS.has(task.state)));

// What this seat must never lose sight of, most important first; the last ones leave when it gets narrow.
const pairs = (state) => {
  const { incident: it, me, updates, asked, desk, tickets } = state;
  if (state.shop) return customerPairs(state);
  const out = [];
  if (desk && me.may.includes("close_ticket")) {
    const mine = (tickets || []).filter((ticket) => ticket.mine && ticket.state !== "closed").length;
    out.push(["Open with you", `${desk.reports.length} new, ${mine} ${mine === 1 ? "ticket" : "tickets"}`]);
  }
  if (it) {
    out.push(["Incident", `${it.id}${it.priority ? ` · ${sentence(it.priority)} priority` : ""}`]);
    const due = (updates && updates.next_due_ms) ?? it.next_update_ms;
    if (me.seat !== "tech_lead") out.push(["Next update to the list", html`<${NextUpdate} at=${due} />`]);
    if (me.seat !== "commander") out.push(["Commander", it.commander || html`<${Status} state="unknown">nobody yet<//>`]);
    if (me.seat === "tech_lead") {
      const task = myTask(state);
      out.push(["Your task", task ? html`<span class="el">${task.text}</span>` : "none"]);
      out.push(["Next update to the list", html`<${NextUpdate} at=${due} />`]);
    } else {
      out.push(["Tech lead", it.tech_lead || html`<${Status} state="unknown">nobody yet<//>`]);
      out.push(["Communications", it.communications || html`<${Status} state="unknown">nobody yet<//>`]);
    }
    if (me.seat === "commander") out.splice(1, 0, ["Your command", it.command_since_ms !== null ? html`<${Since} t_ms=${it.command_since_ms} />` : html`<${Status} state="unknown">not taken yet<//>`]);
  } else {
    out.push(["Incident", "none declared"]);
    if (!state.notes) out.push(["Asked of you", asked && asked.length ? `${asked.length} open` : "nothing"]);
  }
  return out;
};

const customerPairs = ({ shop, asked }) => {
  const open = shop.my_tickets.filter((one) => one.state !== "closed").length;
  return [["Asked of you", asked && asked.length ? `${asked.length} open` : "nothing"], ["Your reports", open ? `${open} open` : "none open"], ["News from the shop", shop.words.length ? `last ${shop.words[shop.words.length - 1].story}` : "none yet"]];
};

const barWords = (state) => {
  if (state.shop) return `Customer of ${state.shop.service}`;
  return state.incident && state.incident.priority ? `${sentence(state.incident.priority)} priority` : "No incident";
};

export const Bar = ({ state, link }) => {
  const { ui } = useLive();
  const { me } = state;
  return html`<div class="bar" data-part="bar">
    <${Now} /><${StateChip} state=${state} link=${link} />
    ${state.drill.state !== "ended" && html`<${ClockControls} clock=${state.clock} calling=${(state.pages || []).length > 0} />`}
    <div class="pairs">${pairs(state).map(([label, value]) => html`<${Pair} key=${label} label=${label}>${value}<//>`)}</div>
    <button type="button" class="mebtn" title="Your role" onClick=${() => ui.set({ dialog: "duty" })}>
      <${Pair} right label=${me.title}>${me.name}<//><${Avatar} me large seat=${me} /></button>
    <span class="linkstate" role="status"><${Link} link=${link} /></span>
  </div>
  <div class="bar2"><span class="md">${barWords(state)}</span>
    ${state.incident && html`<span class="s">Next update <${NextUpdate} at=${(state.updates && state.updates.next_due_ms) ?? state.incident.next_update_ms} /></span>`}
    <span class="sp"></span><button type="button" class="bare s" onClick=${() => ui.set({ dialog: "duty" })}>${me.title}</button></div>`;
};

// Somebody has said that something real needs them: every screen says so until the clock runs again.
export const Halted = ({ clock }) => (clock.halted_by ? html`<div class="asof halted" role="alert"><${Icon} name="stop" size=${14} /><b>Stop, real.</b><span>${clock.halted_by} needs everybody to stop the exercise. The clock stands; whoever runs it lets it go on.</span></div>` : null);

// The last picture stands, with its age in words.
export const AsOf = ({ link }) => {
  const { store } = useLive();
  useTick(1000);
  if (link.state === "live") return null;
  const seconds = Math.max(1, Math.round((Date.now() - link.since) / 1000));
  return html`<div class="asof"><${Icon} name="clock" size=${14} /><b>As of ${store.dayTime(store.now())}, ${seconds} s ago.</b>
    <span>${link.state === "gone" ? link.why : "Drafts are kept; what you do is sent when the stream is back."}</span></div>`;
};

