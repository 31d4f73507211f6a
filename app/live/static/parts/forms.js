// The short forms: which fields each has, what it makes of them. Every field has a label, every form keeps its draft.
import { html } from "../h.js";
import { Checks, Field, Segments, Select, TextArea } from "./base.js";
import { ClaimForm } from "./claims.js";
import { Param } from "./operations.js";

const seatsOf = (state) => (state.seats || []).filter((seat) => seat.seat !== state.me.seat).map((seat) => [seat.seat, `${seat.title}, ${seat.name}${seat.here === false ? " (not here)" : ""}`]);
const peopleOf = (state) => (state.people ? state.people.map((one) => [one.id, `${one.name}, ${one.title}`]) : seatsOf(state));
const LEVELS = [["high", "High"], ["medium", "Medium"], ["low", "Low"]];
const MEDIA = [["phone", "Phone"], ["voice", "Voice bridge"], ["video", "Video"]];
const EVERY = [[15, "15 min"], [30, "30 min"], [60, "1 h"]];
const ROLES = [["commander", "Commander"], ["tech_lead", "Tech lead"], ["communications", "Communications"]];
const openRoles = (state) => {
  const held = state.incident || {};
  const free = ROLES.filter(([role]) => !held[role] || (role === "commander" && held.command_since_ms === null));
  return free.length ? free : ROLES;
};
const operationsOf = (state) => [["", "none"], ...(state.operations || []).map((one) => [one.id, one.title])];
const sitesOf = (state) => [["", "none"], ...(state.sites || []).map((site) => [site.id, site.title])];
const callsOf = (state) => (state.calls || []).filter((call) => call.in_it).reverse().map((call) => [call.call, `${call.with.join(", ")}${call.ended_ms === null ? ", running" : call.noted ? ", noted" : ", over"}`]);
const ticketsOf = (state) => [["", "no ticket yet"], ...(state.tickets || []).filter((one) => one.state !== "closed" && !one.duplicate_of).map((one) => [one.id, `${one.id} ${one.title}`])];
const listsOf = (state) => [["", "choose later"], ...((state.updates && state.updates.lists) || []).map((one) => [one.id, `${one.title}, ${one.people} people`])];
const booksOf = (state) => [["", "none"], ...(state.runbooks || []).map((one) => [one.id, one.title])];

const text = (words) => ({ value, set, id, first }) => html`<${TextArea} id=${id} data-first=${first} rows=${3} value=${value} set=${set} placeholder=${words} />`;
const select = (choices) => ({ value, set, id, first, state }) => html`<${Select} id=${id} data-first=${first} value=${value} set=${set} choices=${choices(state)} />`;
const firstOf = (choices) => (state) => (choices(state)[0] || [""])[0];

// name -> label, drawing, start. `bare` draws its own label.
const TO_SEAT = { label: "Who", draw: select(seatsOf), start: firstOf(seatsOf) };
const TO_ANYONE = { label: "Who", draw: select(peopleOf), start: firstOf(peopleOf) };
const MINUTES = { label: "Minutes", draw: ({ value, set, id }) => html`<input id=${id} class="in n" type="number" min="1" max="720" value=${value} onInput=${(e) => set(Number(e.target.value) || 1)} />`, start: () => 15 };
const segments = (label, choices, start) => ({ bare: ({ value, set }) => html`<div class="f"><span class="lab">${label}</span><${Segments} label=${label} value=${value} set=${set} choices=${choices} /></div>`, start: () => start });
const seats = (label) => ({ bare: ({ value, set, state }) => html`<${Checks} label=${label} className="two" choices=${seatsOf(state)} chosen=${value} set=${set} />`, start: () => [], optional: true });
const KINDS = [["seat", "In the response"], ["persona", "Outside"], ["rota", "On the rota"]];
const many = { bare: ({ value, set, state }) => html`<div class="people">${KINDS.map(([kind, label]) => {
  const those = (state.people || []).filter((one) => one.kind === kind);
  return those.length > 0 && html`<${Checks} key=${kind} label=${label} className="two" choices=${those.map((one) => [one.id, `${one.name}, ${one.title}`])} chosen=${value} set=${set} />`;
})}</div>`, start: () => [] };
const OPERATION = { label: "Operation it asks for", optional: true, start: () => "", draw: select(operationsOf) };
const PARAMS = { optional: true, start: () => ({}), bare: ({ value, set, values, state }) => {
  const operation = (state.operations || []).find((one) => one.id === values.operation);
  if (!operation || !operation.params.length) return null;
  return html`<div class="params">${operation.params.map((param) => html`<${Param} key=${param.name} param=${param} value=${value[param.name] ?? startOf(param)} set=${(one) => set({ ...value, [param.name]: one })} />`)}</div>`;
} };
const startOf = (param) => param.default ?? (param.kind === "choice" ? (param.choices[0] || [null])[0] : param.kind === "bool" ? false : param.min ?? 0);
const paramsOf = (values, state) => {
  const operation = (state.operations || []).find((one) => one.id === values.operation);
  return operation ? { operation: operation.id, params: Object.fromEntries(operation.params.map((param) => [param.name, values.params[param.name] ?? startOf(param)])) } : {};
};
const CLAIMS = { optional: true, start: () => [], bare: ({ value, set, state }) => html`<${ClaimForm} claims=${value} set=${set} subject=${state.drill.service || "service"} />` };

const plain = (names) => (values) => Object.fromEntries(names.filter((name) => values[name] !== "" && values[name] !== null).map((name) => [name, typeof values[name] === "string" ? values[name].trim() : values[name]]));

// command -> title, label of its button, icon, its fields; `make` turns the fields into the command's data.
export const FORMS = {
  open_incident: { title: "Open an incident", short: "Open incident", icon: "bolt", label: "Open it", wide: true,
    intro: "One act: severity, document, update timer, checklist, and a page to each you choose.",
    fields: { severity: segments("Severity", LEVELS, "high"), ticket: { label: "Ticket", draw: select(ticketsOf), optional: true, start: (state) => (state.incident && ticketsOf(state).some(([id]) => id === state.incident.id) ? state.incident.id : "") },
      page: seats("Page"), list: { label: "Who is kept informed", draw: select(listsOf), optional: true, start: (state) => (listsOf(state)[1] || [""])[0] }, every_min: segments("Next update every", EVERY, 30), runbook: { label: "Checklist", draw: select(booksOf), optional: true, start: () => "" } },
    make: plain(["severity", "ticket", "page", "list", "every_min", "runbook"]) },
  assign_task: { title: "Assign a task", short: "Assign task", icon: "check", label: "Assign", fields: { to: TO_SEAT, text: { label: "What, in one sentence", draw: text(), start: () => "" }, minutes: MINUTES, operation: OPERATION, params: PARAMS },
    make: (values, state) => ({ ...plain(["to", "text", "minutes"])(values), ...paramsOf(values, state) }) },
  page_someone: { title: "Page someone", short: "Page someone", icon: "bell", label: "Page", fields: { to: TO_ANYONE, text: { label: "Why, in one sentence", draw: text(), start: () => "" } }, make: plain(["to", "text"]) },
  start_call: { title: "Start a call", short: "Call", icon: "phone", label: "Call", wide: true, fields: { medium: segments("How", MEDIA, "phone"), to: many, text: { label: "What it is about", draw: text("What you ask or say first"), optional: true, start: () => "" } }, make: plain(["medium", "to", "text"]) },
  note_call: { title: "Note what a call brought", short: "Note a call", icon: "edit", label: "Note it", wide: true, needs: (state) => callsOf(state).length > 0,
    fields: { call: { label: "Call with", draw: select(callsOf), start: firstOf(callsOf) }, text: { label: "What was decided or learned", draw: text("Decided, learned, promised; names and times"), start: () => "" }, claims: CLAIMS }, make: plain(["call", "text", "claims"]) },
  record_decision: { title: "Record a decision", short: "Record decision", icon: "scale", label: "Record", fields: { text: { label: "What was decided, and why", draw: text(), start: () => "" }, operation: { ...OPERATION, label: "A go for this operation" }, target: { label: "On", draw: select(sitesOf), optional: true, start: () => "", when: (values) => values.operation }, to: { label: "Who does it", optional: true, draw: select((state) => [["", "nobody named"], ...seatsOf(state)]), start: () => "", when: (values) => values.operation } }, make: plain(["text", "operation", "target", "to"]) },
  declare_severity: { title: "Declare the severity", short: "Severity", icon: "flag", label: "Declare", fields: { level: segments("Severity", LEVELS, "high") }, make: plain(["level"]) },
  assume_role: { title: "Take a role", short: "Take a role", icon: "hand", label: "Take it and say so", fields: { role: { label: "Role", draw: select(openRoles), start: firstOf(openRoles) } }, make: plain(["role"]) },
  announce_role: { title: "Say who holds a role", short: "Announce role", icon: "users", label: "Say it aloud", fields: { role: { label: "Role", draw: select(() => ROLES), start: () => "commander" }, holder: { label: "Held by", draw: select((state) => [[state.me.seat, `${state.me.name}, you`], ...peopleOf(state)]), start: (state) => state.me.seat }, text: { label: "And who does what", draw: text(), optional: true, start: () => "" } }, make: plain(["role", "holder", "text"]) },
  set_timer: { title: "Timer for the next update", short: "Update timer", icon: "clock", label: "Set it", fields: { minutes: segments("Ask for an update every", [...EVERY, [0, "Off"]], 30) }, make: plain(["minutes"]) },
  record_hypothesis: { title: "Record a hypothesis", short: "Hypothesis", icon: "bulb", label: "Record", fields: { text: { label: "What you think is going on", draw: text(), start: () => "" } }, make: plain(["text"]) },
};

export const blankOf = (command, state) => Object.fromEntries(Object.entries(FORMS[command].fields).map(([name, field]) => [name, field.start(state)]));

const isEmpty = (value) => (Array.isArray(value) ? value.length === 0 : typeof value === "string" ? !value.trim() : value === undefined || value === null);
export const isFull = (command, values) => Object.entries(FORMS[command].fields).every(([name, field]) => field.optional || !isEmpty(values[name]));

export const FormField = ({ field, first, ...rest }) => {
  if (field.when && !field.when(rest.values)) return null;
  if (field.bare) return field.bare(rest);
  return html`<${Field} label=${field.label}>${(id) => field.draw({ ...rest, id, first })}<//>`;
};

export const mayForms = (state, names) => names.filter((name) => state.me.may.includes(name) && (!FORMS[name].needs || FORMS[name].needs(state)));
