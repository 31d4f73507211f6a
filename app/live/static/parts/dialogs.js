// Short forms of the bar at the foot, the role card, the keys.
import { html, useLive, useState } from "../h.js";
import { useDraft } from "../drafts.js";
import { Act, Button, Dialog, Field, Kbd, Refusal, Select, TextArea } from "./base.js";

const seatsOf = (state) => (state.seats || []).filter((seat) => seat.seat !== state.me.seat).map((seat) => [seat.seat, `${seat.title}, ${seat.name}${seat.here === false ? " (not here)" : ""}`]);
const peopleOf = (state) => (state.people ? state.people.map((one) => [one.id, `${one.name}, ${one.title}`]) : seatsOf(state));
const LEVELS = [["low", "Low"], ["medium", "Medium"], ["high", "High"]];
const ROLES = [["commander", "Commander"], ["tech_lead", "Tech lead"], ["communications", "Communications"]];
const openRoles = (state) => {
  const held = state.incident || {};
  const free = ROLES.filter(([role]) => !held[role]);
  return free.length ? free : ROLES;
};

// command -> title, label of its button, icon, its fields. `make` turns the fields into the command's data.
export const FORMS = {
  assign_task: { title: "Assign a task", short: "Assign task", icon: "check", label: "Assign", fields: ["to", "text", "minutes"] },
  page_someone: { title: "Page someone", short: "Page someone", icon: "bell", label: "Page", fields: ["to", "text"] },
  phone_someone: { title: "Phone someone", short: "Phone", icon: "phone", label: "Ring", fields: ["to", "text"] },
  note_call: { title: "Note what a call brought", short: "Note a call", icon: "edit", label: "Note", fields: ["to", "text"] },
  record_decision: { title: "Record a decision", short: "Record decision", icon: "scale", label: "Record", fields: ["text"] },
  assume_role: { title: "Take a role", short: "Take a role", icon: "hand", label: "Take it and say so", fields: ["role"] },
  declare_severity: { title: "Declare the severity", short: "Severity", icon: "bolt", label: "Declare", fields: ["level"] },
  record_hypothesis: { title: "Record a hypothesis", short: "Hypothesis", icon: "bulb", label: "Record", fields: ["text"] },
  log_ticket: { title: "Log a ticket", short: "Log ticket", icon: "ticket", label: "Log", fields: ["title", "priority", "reporter", "contact", "description"] },
};

const LABELS = {
  assign_task: { to: "Who", text: "What, in one sentence", minutes: "Minutes" },
  page_someone: { to: "Who", text: "Why, in one sentence" },
  record_decision: { text: "What was decided, and why" },
  record_hypothesis: { text: "What you think is going on" },
  phone_someone: { to: "Whom", text: "What you ask or say" },
  note_call: { to: "With whom", text: "What it brought" },
  log_ticket: { title: "What is wrong", priority: "Priority", reporter: "Who reported it", contact: "How to reach them", description: "What they see, in their words" },
};

const choicesOf = (name, state, command) => ({ to: command === "assign_task" ? seatsOf(state) : peopleOf(state), role: openRoles(state), level: LEVELS, priority: LEVELS })[name];
const WORDS = { role: "Role", level: "Level" };

const blank = (command, state) => Object.fromEntries(FORMS[command].fields.map((name) => [name, name === "minutes" ? 15 : ((choicesOf(name, state, command) || [[""]])[0] || [""])[0]]));

const One = ({ command, name, value, set, state, first }) => {
  const label = (LABELS[command] || {})[name] || WORDS[name];
  const choices = choicesOf(name, state, command);
  return html`<${Field} label=${label}>${(id) => {
    if (choices) return html`<${Select} id=${id} data-first=${first} value=${value} set=${set} choices=${choices} />`;
    if (name === "minutes") return html`<input id=${id} class="in n" type="number" min="1" max="240" value=${value} onInput=${(e) => set(Number(e.target.value) || 1)} />`;
    if (["title", "reporter", "contact"].includes(name)) return html`<input id=${id} class="in" data-first=${first} value=${value} onInput=${(e) => set(e.target.value)} />`;
    return html`<${TextArea} id=${id} data-first=${first} rows=${3} value=${value} set=${set} />`;
  }}<//>`;
};

const OPTIONAL = new Set(["contact"]);

export const FormDialog = ({ command, state, close }) => {
  const form = FORMS[command];
  const [values, setValues, clear] = useDraft(`form:${command}`, blank(command, state));
  const full = form.fields.every((name) => OPTIONAL.has(name) || String(values[name] ?? "").trim());
  const done = () => { clear(); close(); };
  return html`<${Dialog} title=${form.title} close=${close}>
    <div class="col">${form.fields.map((name, i) => html`<${One} key=${name} command=${command} name=${name} state=${state} first=${i === 0} value=${values[name]} set=${(value) => setValues({ ...values, [name]: value })} />`)}</div>
    <${Refusal} about=${command} />
    <div class="row end"><${Button} kind="ghost" onClick=${close}>Close<//><${Act} kind="p" icon=${form.icon} command=${command} data=${values} disabled=${!full} then=${done}>${form.label}<//></div><//>`;
};

const DUTY = [["own", "Yours"], ["may", "You may"], ["may_not", "You may not"], ["asked", "You will be asked"], ["good", "Good looks like"]];

export const DutyDialog = ({ me, drill, close }) => html`<${Dialog} title=${`Your role: ${me.title}`} close=${close}>
  <dl class="pv duty">${DUTY.map(([key, label]) => me.duty && me.duty[key] && html`<dt>${label}</dt><dd>${me.duty[key]}</dd>`)}${drill.premise && html`<dt>The story</dt><dd>${drill.premise}</dd>`}</dl><//>`;

const KEYS = [["/", "Write on the bridge"], ["A", "Acknowledge the page that rings"], ["O", "Operations"], ["?", "This list"], ["Esc", "Close what is open"], ["Tab", "Next control"], ["Arrow keys", "Move in the map of services"]];

export const HelpDialog = ({ close }) => {
  const { pager } = useLive();
  const [muted, setMuted] = useState(pager.muted);
  const [allowed, setAllowed] = useState(pager.notifications());
  const flip = () => { pager.mute(!muted); setMuted(!muted); };
  return html`<${Dialog} title="Keys and pager" close=${close}><dl class="pv keys">${KEYS.map(([key, words]) => html`<dt><${Kbd}>${key}<//><span class="vh">${key}</span></dt><dd>${words}</dd>`)}</dl>
    <h3>Your pager</h3><p class="s">A page to you rings here, shows in the tab’s title and, if you allow it, on your desktop.</p>
    <div class="row gap wrap"><${Button} kind="sm" icon="bell" onClick=${() => pager.test()}>Test the sound<//><${Button} kind="sm" icon="sound" aria-pressed=${muted} onClick=${flip}>${muted ? "Sound is off" : "Sound is on"}<//>
      ${allowed === "default" && html`<${Button} kind="sm" onClick=${async () => setAllowed(await pager.allow())}>Allow desktop notifications<//>`}${allowed === "granted" && html`<span class="s">Desktop notifications are allowed.</span>`}</div><//>`;
};

export const mayForms = (state, names) => names.filter((name) => state.me.may.includes(name));
