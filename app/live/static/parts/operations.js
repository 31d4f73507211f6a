// Operations: search, choose, set, see what it would do, start, watch it, read its effect.
import { html, memo, useEffect, useLive, useRef, useState, useTick } from "../h.js";
import { countdown } from "../format.js";
import { Act, Card, Chip, Empty, Field, Kbd, Refusal, Select, Status, useCommands } from "./base.js";
import { Glyph, Icon } from "./icons.js";

const PREVIEW_PAUSE_MS = 250;
const matches = (operation, text) => `${operation.title} ${operation.summary} ${operation.id}`.toLowerCase().includes(text.trim().toLowerCase());
const defaults = (operation) => Object.fromEntries((operation.params || []).map((param) => [param.name, param.default ?? (param.kind === "choice" ? (param.choices[0] || [null])[0] : param.kind === "bool" ? false : param.min ?? 0)]));
const targetWord = (operation, params) => {
  const place = (operation.params || []).find((param) => param.name === "site" && param.kind === "choice");
  const chosen = place && place.choices.find(([value]) => String(value) === String(params.site));
  return chosen ? ` on ${chosen[1]}` : "";
};

// One parameter by its kind: choice, bool, or a number with its unit and bounds.
export const Param = ({ param, value, set }) => {
  if (param.kind === "bool") return html`<label class="check"><input type="checkbox" checked=${Boolean(value)} onChange=${(e) => set(e.target.checked)} /> ${param.title}</label>`;
  const label = param.unit ? `${param.title}, ${param.unit}` : param.title;
  if (param.kind === "choice") {
    return html`<${Field} label=${label}>${(id) => html`<${Select} id=${id} value=${String(value)} choices=${param.choices.map(([key, title]) => [String(key), title])}
      set=${(text) => set(param.choices.map(([key]) => key).find((key) => String(key) === text))} />`}<//>`;
  }
  const isFrac = param.kind === "frac" || param.name === "frac";
  const shown = isFrac ? Math.round(value * 1000) / 10 : value;
  const bound = (n) => (n === undefined || n === null ? undefined : isFrac ? n * 100 : n);
  if (param.kind === "text") return html`<${Field} label=${label}>${(id) => html`<input id=${id} class="in" value=${value || ""} onInput=${(e) => set(e.target.value)} />`}<//>`;
  return html`<${Field} label=${isFrac ? `${param.title}, %` : label}>${(id) => html`<input id=${id} class="in n" type="number" value=${shown} min=${bound(param.min)} max=${bound(param.max)} step=${param.step ? bound(param.step) : "any"}
    onInput=${(e) => e.target.value !== "" && set(isFrac ? Number(e.target.value) / 100 : Number(e.target.value))} />`}<//>`;
};

// The preview follows the parameters, a moment after the last change; an older answer never wins.
const usePreview = (operation, params, rev) => {
  const { commands } = useLive();
  const [preview, setPreview] = useState(null);
  const wanted = useRef(0);
  const asked = JSON.stringify(params);
  useEffect(() => {
    const mine = (wanted.current += 1);
    const timer = setTimeout(async () => {
      const answer = await commands.preview(operation.id, params).catch(() => null);
      if (mine === wanted.current && answer) setPreview(answer);
    }, PREVIEW_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [operation.id, asked, rev]);
  return preview;
};

const Preview = ({ preview }) => {
  if (!preview) return html`<div class="skeleton" aria-hidden="true"><i></i><i></i><i></i></div>`;
  if (preview.refused) return html`<div class="refusal"><${Glyph} name="down" /><div><b>${preview.refused.error}</b><div>${preview.refused.cure}</div></div></div>`;
  const line = (term, words) => words && html`<dt>${term}</dt><dd>${words}</dd>`;
  return html`<dl class="pv">${line("What it does", preview.what)}${line("Expected", preview.expected && html`${preview.expected} <${Chip} kind="idle" glyph="idle">Runbook’s estimate<//>`)}${line("Price", preview.price)}
    ${preview.needs && preview.needs.length > 0 && html`<dt>Needs</dt><dd>${preview.needs.map(([ok, text]) => html`<div><${Status} state=${ok ? "up" : "down"}>${text}<//></div>`)}</dd>`}
    ${line("Way back", preview.way_back)}${line("Takes", preview.minutes !== null && preview.minutes !== undefined && (typeof preview.minutes === "number" ? `${preview.minutes} min` : preview.minutes))}</dl>`;
};

const TASK_MIN = 20;
const CODERS = ["developer", "tech_lead", "specialist"];
const DOERS = { build_fix: CODERS, test_fix: CODERS, deploy_fix: CODERS };

// The seat that a task for an operation goes to, where this seat gives tasks instead of operating.
const doerOf = (operation, me, state) => {
  if (!me.may.includes("assign_task")) return null;
  const wanted = DOERS[operation.id] || ["tech_lead", "specialist", "developer"];
  return wanted.map((id) => (state.seats || []).find((seat) => seat.seat === id)).find(Boolean) || null;
};

const Form = ({ operation, me, rev, started, given }) => {
  const commands = useCommands();
  const [params, setParams] = useState(() => ({ ...defaults(operation), ...(given && given.operation === operation.id ? given.params : {}) }));
  const preview = usePreview(operation, params, rev);
  const about = `operation.${operation.id}`;
  const may = me.may.includes("start_operation");
  const refusal = preview && preview.refusal;
  const start = async () => {
    const under = given && given.operation === operation.id && given.under ? { under: given.under } : {};
    const outcome = await commands.send("start_operation", { operation: operation.id, params, ...under }, about);
    if (outcome.ok) started();
  };
  const busy = commands.busy.has(about);
  const onKeyDown = (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && may && !refusal && !busy) start(); };
  const words = `${operation.title}${targetWord(operation, params)}`;
  const store = useLive().store;
  const doer = may ? null : doerOf(operation, me, store.picture.state);
  const task = doer && { to: doer.seat, text: `${words}.`, minutes: TASK_MIN, operation: operation.id, params };
  return html`<div class="opform" onKeyDown=${onKeyDown}>
    ${(operation.params || []).length > 0 && html`<div class="params">${operation.params.map((param) => html`<${Param} key=${param.name} param=${param} value=${params[param.name]} set=${(value) => setParams({ ...params, [param.name]: value })} />`)}</div>`}
    <h3>Before you start</h3><${Preview} preview=${preview} />
    ${refusal && html`<div class="refusal"><${Glyph} name="down" /><div><b>${typeof refusal === "string" ? refusal : refusal.error}</b>${refusal.cure && html`<div>${refusal.cure}</div>`}</div></div>`}
    <div class="row gap">${task ? html`<${Act} command="assign_task" data=${task} about=${about} kind="p fill" icon="check" disabled=${Boolean(refusal)} then=${started}>Ask ${doer.name.split(" ")[0]}: ${words}<//>` : html`<button type="button" data-start class="btn p fill ${!may || refusal ? "off" : ""}" disabled=${!may || Boolean(refusal) || busy} aria-busy=${busy} onClick=${start}>${!may || refusal ? html`<${Icon} name="lock" size=${14} />` : null}Start: ${words} ${may && !refusal && html`<${Kbd}>Ctrl ⏎<//>`}</button>`}
      ${me.may.includes("propose_change") ? html`<${Act} command="propose_change" data=${{ operation: operation.id, params, ...(params.site ? { target: params.site } : {}) }} about=${`${about}.propose`}>Only propose<//>`
        : me.may.includes("send_message") && html`<${Act} command="send_message" data=${{ text: `I propose: ${words}.`, tags: ["proposal"] }} about=${`${about}.propose`}>Only propose<//>`}</div>
    ${task && html`<p class="help">The task names the operation; who has it starts it and says what came of it.</p>`}
    ${!may && !task && html`<p class="help">Only the seat that runs operations can start this. Propose it on the bridge.</p>`}
    <${Refusal} about=${about} /><${Refusal} about=${`${about}.propose`} /></div>`;
};

const Choice = memo(({ operation, chosen, choose }) => html`<li><button type="button" class="op ${chosen ? "on" : ""}" aria-expanded=${chosen} onClick=${() => choose(operation.id)}><${Icon} name="wrench" />
  <span class="grow"><b>${operation.title}</b><span class="s el2">${operation.summary}</span></span><span class="q xs when">${operation.minutes}</span></button></li>`);

const left = (job, now) => (job.ends_ms === null || job.ends_ms === undefined ? null : Math.max(0, job.ends_ms - now));
const fraction = (job, now) => (job.ends_ms ? Math.min(1, Math.max(job.progress_frac || 0, (now - job.started_ms) / (job.ends_ms - job.started_ms))) : job.progress_frac || 0);
const RESULT = { done: ["up", "up", "Done"], failed: ["down", "down", "Failed"], cancelled: ["miss", "plain", "Cancelled"], no_effect: ["miss", "plain", "No effect"] };

const Job = ({ job, may }) => {
  const { store } = useLive();
  useTick(500);
  const now = store.now();
  const about = `job.${job.job_id}`;
  const title = html`<b class="el">${job.title}${job.target ? `, ${job.target}` : ""}</b>`;
  if (job.state !== "running") {
    const [glyph, colour, word] = RESULT[job.result || job.state] || RESULT.done;
    return html`<li><div class="row t"><div class="grow">${title}<div class="s">${job.ends_ms ? `${word} ${store.time(job.ends_ms)}. ` : ""}${job.note || ""}</div></div><span class="st c-${colour}"><${Glyph} name=${glyph} />${word}</span></div></li>`;
  }
  const frac = fraction(job, now);
  const rest = left(job, now);
  return html`<li><div class="row">${title}<span class="sp"></span><span class="m q nw">${rest === null ? "" : `${countdown(rest)} left`}</span></div>
    <div class="prog" role="progressbar" aria-label=${`${job.title} ${job.target || ""}`} aria-valuemin="0" aria-valuemax="100" aria-valuenow=${Math.round(frac * 100)}><i style=${`width:${frac * 100}%`}></i></div>
    <div class="row q xs"><${Status} state="warming">${job.phase ? `${job.phase[0].toUpperCase()}${job.phase.slice(1)}` : "Running"}, ${Math.round(frac * 100)} %<//><span class="sp"></span>${job.by}
      ${job.can_cancel && may && html`<${Act} kind="xs" command="cancel_operation" data=${{ job_id: job.job_id }} about=${about}>Cancel<//>`}</div><${Refusal} about=${about} /></li>`;
};

const order = (jobs) => [...jobs].sort((a, b) => (a.state === "running" ? 0 : 1) - (b.state === "running" ? 0 : 1) || b.started_ms - a.started_ms);

export const Jobs = memo(({ running, me, bare, grow }) => {
  const may = me.may.includes("start_operation");
  const list = running.length ? html`<ul class="jobs">${order(running).map((job) => html`<${Job} key=${job.job_id} job=${job} may=${may} />`)}</ul>` : html`<${Empty}>No operation has run.<//>`;
  if (bare) return list;
  return html`<${Card} name="jobs" className="jobcard" grow=${grow} title="Running and done"><div class="scroll" tabindex="0" role="region" aria-label="Operations, running and done">${list}</div><//>`;
});

const Finder = ({ operations, chosen, choose, me, rev, close, inline, given }) => {
  const [text, setText] = useState("");
  const found = operations.filter((operation) => matches(operation, text));
  const only = text && found.length === 1 ? found[0].id : null;
  useEffect(() => { if (only) choose(only); }, [only]);
  const isShown = (operation) => operation.id === chosen;
  const onKeyDown = (event) => {
    const start = event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.currentTarget.getRootNode().querySelector("[data-start]:not([disabled])");
    if (start) start.click();
    if (event.key !== "Escape") return;
    event.stopPropagation();
    if (text) setText(""); else if (close) close();
  };
  return html`<div class="search"><span class="say"><${Icon} name="search" size=${14} /><input data-key="operations" aria-label="Search operations" placeholder="Search operations" value=${text} onInput=${(e) => setText(e.target.value)} onKeyDown=${onKeyDown} />
      ${close && html`<${Kbd}>Esc<//>`}</span></div>
    <ul class="oplist">${found.map((operation) => html`<${Choice} key=${operation.id} operation=${operation} chosen=${isShown(operation)} choose=${(id) => choose(id === chosen ? null : id)} />${
      inline && isShown(operation) ? html`<li key=${`${operation.id}-form`}><${Form} key=${operation.id} operation=${operation} me=${me} rev=${rev} given=${given} started=${() => choose(null)} /></li>` : null}`)}</ul>
    ${found.length === 0 && html`<${Empty}>No operation is called so.<//>`}`;
};

// The panel beside the console (mock-up 03): list, form in place, running and done below.
export const OperationsPanel = memo(({ operations, running, me, chosen, choose, rev, close, given }) => html`<aside class="card oppanel" data-part="operations" aria-label="Operations">
  <div class="hd"><h2>Operations</h2><${Kbd}>O<//><span class="sp"></span><button type="button" class="bare" aria-label="Close operations" onClick=${close}><${Icon} name="x" /></button></div>
  <div class="scroll" tabindex="0" role="region" aria-label="Operations to choose"><${Finder} operations=${operations} chosen=${chosen} choose=${choose} me=${me} rev=${rev} close=${close} given=${given} inline /></div>
  <div class="hd sub"><h2>Running and done</h2></div><div class="scroll short" tabindex="0" role="region" aria-label="Operations, running and done"><${Jobs} running=${running} me=${me} bare /></div></aside>`);

// The whole view: list, form, running side by side.
export const OperationsView = memo(({ operations, running, me, chosen, choose, rev, phone, given }) => {
  const operation = operations.find((one) => one.id === chosen);
  if (phone) {
    return html`<div class="view"><${Card} name="operations" title="Operations"><${Finder} operations=${operations} chosen=${chosen} choose=${choose} me=${me} rev=${rev} given=${given} inline /><//><${Jobs} running=${running} me=${me} /></div>`;
  }
  return html`<div class="view three"><${Card} name="operations" title="Operations" note=${html`${operations.length} known`} grow><div class="scroll" tabindex="0" role="region" aria-label="Operations to choose"><${Finder} operations=${operations} chosen=${chosen} choose=${choose} me=${me} rev=${rev} /></div><//>
    <${Card} name="opform" title=${operation ? operation.title : "Choose an operation"} note=${operation && operation.summary} grow><div class="scroll" tabindex="0" role="region" aria-label="The chosen operation">${operation
      ? html`<${Form} key=${operation.id} operation=${operation} me=${me} rev=${rev} given=${given} started=${() => choose(null)} />`
      : html`<${Empty}>Before anything starts you see what it does, what to expect, its price and the way back.<//>`}</div><//>
    <${Jobs} running=${running} me=${me} grow /></div>`;
});
