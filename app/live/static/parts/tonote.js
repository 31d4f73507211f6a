// Steps that are not on the record yet: ticked, they go along with a note, as links and as what was tried.
import { html, memo, useLive, useState } from "../h.js";
import { useDraft } from "../drafts.js";
import { Act, Card, Check, Field, Refusal, Select } from "./base.js";

const LIMIT = 4000;
const RESULTS = [["", "say nothing of the result"], ["helped", "it helped"], ["none", "it changed nothing"], ["harmed", "it made things worse"]];
const startOf = (step) => (step.tried ? "none" : "");
const isOperation = (step) => Boolean(step.tried || step.done);

// {id: result} -> links, claims and lines of what was ticked; a step that has left the list is left out.
export const pickedOf = (steps, picked) => {
  const those = (steps || []).filter((step) => picked && step.id in picked);
  return {
    links: those.map((step) => step.id),
    claims: those.filter((step) => isOperation(step) && picked[step.id]).map((step) => ({ subject: step.tried || step.done, property: "tried", value: picked[step.id], certainty: "known" })),
    steps: those,
  };
};

const Step = ({ step, value, set, store }) => html`<li><${Check} checked=${value !== undefined} set=${(on) => set(on ? startOf(step) : undefined)}><span class="m q">${store.time(step.t_ms)}</span> ${step.text} <span class="q">${step.by}</span><//>
  ${value !== undefined && isOperation(step) && html`<${Select} aria-label=${`What came of it: ${step.text}`} value=${value} set=${set} choices=${RESULTS} />`}</li>`;

export const Picker = ({ steps, picked, set, label = "Also tells of" }) => {
  const { store } = useLive();
  if (!steps || !steps.length) return null;
  const put = (id) => (value) => {
    const { [id]: _, ...rest } = picked;
    set(value === undefined ? rest : { ...rest, [id]: value });
  };
  return html`<fieldset class="checks picker"><legend>${label}</legend><ul>${steps.map((step) => html`<${Step} key=${step.id} step=${step} value=${picked[step.id]} set=${put(step.id)} store=${store} />`)}</ul></fieldset>`;
};

// What is added to a section's text; the oldest lines leave where it would get too long.
export const added = (text, lines) => {
  const all = [...(text ? text.split("\n") : []), ...lines];
  while (all.join("\n").length > LIMIT && all.length > 1) all.shift();
  return all.join("\n").slice(-LIMIT);
};

// Where a step is looked for later, by its kind.
const HOME = { call: "calls", operation: "tried", task: "running", decision: "decisions" };
const WORDS = { helped: "It helped.", none: "It changed nothing.", harmed: "It made things worse." };

// The quick way: tick what happened, choose where it goes, one press.
export const ToNote = memo(({ steps, doc, may }) => {
  const { store } = useLive();
  const [picked, setPicked] = useState({});
  const [section, setSection] = useDraft("tonote", "");
  if (!may || !doc || doc.opened_ms === null) return null;
  const { links, claims, steps: those } = pickedOf(steps, picked);
  const choices = (doc.section_choices || []).map(([id, title]) => [id, title]);
  const fits = (id) => choices.some(([one]) => one === id);
  const usual = HOME[(those[0] || steps[0] || {}).kind];
  const chosen = fits(section) ? section : fits(usual) ? usual : (choices[0] || ["timeline"])[0];
  const old = (doc.sections.find((one) => one.id === chosen) || {});
  const lines = those.map((step) => `${store.time(step.t_ms)} ${step.text}. ${WORDS[picked[step.id]] || ""}`.trim());
  return html`<${Card} name="tonote" title="Not on the record yet" note=${`last 30 min, ${steps.length}`}>${steps.length ? html`<div class="pad col"><${Picker} steps=${steps} picked=${picked} set=${setPicked} label="Steps" />
    <div class="row wrap bottom"><${Field} label="Write into">${(id) => html`<${Select} id=${id} value=${chosen} set=${setSection} choices=${choices} />`}<//>
      <${Act} kind="p" icon="edit" command="edit_document" data=${{ section: chosen, text: added(old.text, lines), claims: [...(old.claims || []), ...claims], links }} about="tonote" disabled=${!links.length} then=${() => { setPicked({}); setSection(""); }}>Write ${links.length || ""} down<//></div><${Refusal} about="tonote" /></div>`
    : html`<p class="empty">Every step of the last half hour is written down.</p>`}<//>`;
});
