// Facts in short form: what a text says, told so that everyone (and the record) reads it alike.
import { html, useLive, useState } from "../h.js";
import { Button, Field, Select, TextInput } from "./base.js";
import { Icon } from "./icons.js";

export const PROPERTIES = [
  ["state", "State"], ["impact", "Impact"], ["since", "Since"], ["lead", "Who leads"], ["tried", "Tried, and what came of it"],
  ["forecast", "Forecast: if, then"], ["now", "Being done now"], ["next_step", "Next step"], ["next_update", "Next update"],
  ["cause", "Cause"], ["mitigation", "What helps"], ["priority", "Priority"], ["sla_left", "SLA time left"], ["budget_left", "Error budget left"], ["residual", "What is left to do"],
];
const SECTION_PROPERTY = {
  state: "state", impact: "impact", priority: "priority", roles: "lead", known: "cause", tried: "tried", running: "now", forecast: "forecast",
  decisions: "next_step", sla: "sla_left", next_update: "next_update", timeline: "since",
};
export const WORLD_STATES = [["up", "up"], ["degraded", "degraded"], ["down", "down"]];
const RESULTS = [["helped", "helped"], ["none", "changed nothing"], ["harmed", "made it worse"], ["unknown", "not known yet"]];
const CERTAINTY = [["known", "known"], ["believed", "a guess"]];

export const propertyOf = (section) => SECTION_PROPERTY[section] || "state";

const WORDS = Object.fromEntries(PROPERTIES);

// Ids of sites, roles and operations stand there by their titles; a plain word that is an id too stays.
const inWords = (text, drill) => String(text).replace(/\b[a-z]+(?:_?[a-z]*\d+|(?:_[a-z\d]+)+)\b/g, (id) => (drill.titles || {})[id] || id);

// A subject in people's words; nothing for the service or the response as a whole.
const subjectWords = (subject, drill) => ([drill.level, drill.service, "service", "response"].includes(subject) ? "" : (drill.titles || {})[subject] || inWords(String(subject).replaceAll("/", " "), drill));

export const claimWords = (claim, drill = {}) => {
  const guess = claim.certainty === "believed" ? ", a guess" : "";
  const subject = subjectWords(claim.subject, drill);
  const value = inWords(claim.value, drill);
  if (claim.property === "forecast") return `If ${value}${guess}`;
  if (claim.property === "tried") return `Tried ${subject}: ${(RESULTS.find(([key]) => key === claim.value) || [0, claim.value])[1]}${guess}`;
  const what = (WORDS[claim.property] || claim.property).replace(/^[A-Z](?=[a-z])/, (first) => first.toLowerCase());
  return `${subject && claim.property !== "lead" ? `${subject}, ${what}` : what}: ${value}${guess}`;
};

export const ClaimChips = ({ claims, remove }) => {
  const { drill } = useLive().store.state;
  return html`<ul class="claims">${claims.map((claim, i) => html`<li class="chip ${claim.certainty === "believed" ? "line" : "idle"}">${claimWords(claim, drill)}
  ${remove && html`<button type="button" class="bare" aria-label=${`Remove ${claimWords(claim, drill)}`} onClick=${() => remove(i)}><${Icon} name="x" size=${10} /></button>`}</li>`)}</ul>`;
};

const blank = { value: "", what: "", then: "" };

// subject, property, value, certainty from what the short form holds; null while it is incomplete.
export const makeClaim = (property, form, subject, certainty) => {
  if (property === "tried") return form.what.trim() ? { subject: form.what.trim(), property, value: form.value || "none", certainty } : null;
  if (property === "forecast") return form.what.trim() && form.then.trim() ? { subject: "if", property, value: `${form.what.trim()} then ${form.then.trim()}`.slice(0, 200), certainty: "believed" } : null;
  const value = property === "state" ? form.value || "degraded" : form.value.trim().slice(0, 200);
  return value ? { subject, property, value, certainty } : null;
};

const Values = ({ property, form, set }) => {
  const put = (key) => (value) => set({ ...form, [key]: value });
  if (property === "state") return html`<${Field} label="State">${(id) => html`<${Select} id=${id} value=${form.value || "degraded"} set=${put("value")} choices=${WORLD_STATES} />`}<//>`;
  if (property === "tried") {
    return html`<${Field} label="What was tried" className="fill">${(id) => html`<${TextInput} id=${id} value=${form.what} set=${put("what")} placeholder="rollback at DC1" />`}<//>
      <${Field} label="What came of it">${(id) => html`<${Select} id=${id} value=${form.value || "none"} set=${put("value")} choices=${RESULTS} />`}<//>`;
  }
  if (property === "forecast") {
    return html`<${Field} label="If" className="fill">${(id) => html`<${TextInput} id=${id} value=${form.what} set=${put("what")} placeholder="DC3 passes 95 %" />`}<//>
      <${Field} label="then" className="fill">${(id) => html`<${TextInput} id=${id} value=${form.then} set=${put("then")} placeholder="it fails within 10 min" />`}<//>`;
  }
  return html`<${Field} label=${WORDS[property]} className="fill">${(id) => html`<${TextInput} id=${id} value=${form.value} set=${put("value")} />`}<//>`;
};

export const ClaimForm = ({ claims, set, start = "state", subject }) => {
  const [property, setProperty] = useState(start);
  const [certainty, setCertainty] = useState("known");
  const [form, setForm] = useState(blank);
  const claim = makeClaim(property, form, subject, certainty);
  const add = () => { set([...claims, claim]); setForm(blank); };
  return html`<div class="claimform"><div class="lab">Facts in short form</div>
    ${claims.length > 0 && html`<${ClaimChips} claims=${claims} remove=${(i) => set(claims.filter((_, at) => at !== i))} />`}
    <div class="row wrap bottom"><${Field} label="About">${(id) => html`<${Select} id=${id} value=${property} set=${(next) => { setProperty(next); setForm(blank); }} choices=${PROPERTIES} />`}<//>
      <${Values} property=${property} form=${form} set=${setForm} />
      ${property !== "forecast" && html`<${Field} label="How sure">${(id) => html`<${Select} id=${id} value=${certainty} set=${setCertainty} choices=${CERTAINTY} />`}<//>`}
      <${Button} kind="sm" icon="plus" disabled=${!claim} onClick=${add}>Add fact<//></div></div>`;
};
