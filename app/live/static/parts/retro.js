// The retrospective: who met, what contributed, what is done about it. It asks about the system, never about a person.
import { html, useLive, useState } from "../h.js";
import { sentence } from "../format.js";
import { useDraft } from "../drafts.js";
import { Act, Button, Card, Check, Checks, Chip, Empty, Field, Refusal, Segments, Select, TextArea, TextInput } from "./base.js";

const FACTORS = [["system", "System"], ["process", "Process"], ["tooling", "Tooling"], ["information", "Information"], ["load", "Load"], ["training", "Training"], ["chance", "Chance"]];
const WORK = [["service", "Service"], ["process", "Process"], ["tooling", "Tooling"], ["training", "Training"]];
const TOPICS = [["impact", "Impact"], ["detection", "How it was noticed"], ["helped", "What helped"], ["hindered", "What hindered"], ["other", "Other"]];
const MEDIA = [["room", "Room"], ["voice", "Voice"], ["video", "Video"]];

const Hold = ({ state }) => {
  const all = (state.seats || []).map((seat) => [seat.seat, `${seat.title}, ${seat.name}`]);
  const [draft, setDraft, clear] = useDraft("retro:hold", { present: all.map(([id]) => id), medium: "video" });
  return html`<div class="pad col"><${Checks} label="Present" className="two" choices=${all} chosen=${draft.present} set=${(present) => setDraft({ ...draft, present })} />
    <div class="row wrap bottom"><div class="f"><span class="lab">How</span><${Segments} label="How you meet" value=${draft.medium} set=${(medium) => setDraft({ ...draft, medium })} choices=${MEDIA} /></div>
    <${Act} kind="p" icon="users" command="hold_retro" data=${draft} disabled=${!draft.present.length} then=${() => clear()}>Hold the retrospective<//></div><${Refusal} about="hold_retro" /></div>`;
};

const FactorForm = ({ name, command, data = {}, start, links, label, close }) => {
  const [draft, setDraft, clear] = useDraft(name, start);
  const put = (key) => (value) => setDraft({ ...draft, [key]: value });
  const done = () => { clear(start); if (close) close(); };
  return html`<div class="pad col formbox"><${Field} label="What contributed" help="Ask what made it possible, and what made it sensible then; not who.">${(id) => html`<${TextArea} id=${id} rows=${2} value=${draft.text} set=${put("text")} />`}<//>
    <div class="formpair"><${Field} label="Kind">${(id) => html`<${Select} id=${id} value=${draft.factor_kind} set=${put("factor_kind")} choices=${FACTORS} />`}<//>
      <${Field} label="Shows in">${(id) => html`<${Select} id=${id} value=${draft.link} set=${put("link")} choices=${[["", "nothing named"], ...links]} />`}<//></div>
    <div class="row"><${Act} kind="sm p" command=${command} data=${{ ...data, text: draft.text.trim(), factor_kind: draft.factor_kind, ...(draft.link ? { link: draft.link } : {}) }} about=${name} disabled=${!draft.text.trim()} then=${done}>${label}<//>${close && html`<${Button} kind="sm ghost" onClick=${close}>Close<//>`}</div><${Refusal} about=${name} /></div>`;
};

const linkWords = (links, id) => (links.find(([one]) => one === id) || [0, id])[1];

const Factor = ({ one, links, may, number }) => {
  const [editing, setEditing] = useState(false);
  const about = `blame.${one.id}`;
  return html`<li><div class="row t"><span class="num">${number}</span><div class="fill"><p>${one.text}</p><div class="row wrap tight"><${Chip}>${sentence(one.kind)}<//>${one.link && html`<${Chip} icon="link">${linkWords(links, one.link)}<//>`}${one.flagged && html`<${Chip} kind="deg" icon="flag">points at a person, word it anew<//>`}</div></div>
      ${may.has("rewrite_factor") && html`<${Button} kind="sm ghost" icon="edit" aria-label=${`Reword factor ${number}`} onClick=${() => setEditing(!editing)}>Reword<//>`}
      ${!one.flagged && may.has("flag_blame") && html`<${Act} kind="sm ghost" icon="flag" command="flag_blame" data=${{ item: one.id }} about=${about} title="Nobody sees who said so" aria-label=${`Factor ${number} points at a person`}>Points at a person<//>`}</div>
    ${editing && html`<${FactorForm} name=${`rewrite.${one.id}`} command="rewrite_factor" data=${{ factor: one.id }} start=${{ text: one.text, factor_kind: one.kind, link: one.link || "" }} links=${links} label="Word it so" close=${() => setEditing(false)} />`}<${Refusal} about=${about} /></li>`;
};

const Factors = ({ retro, may }) => html`<${Card} name="factors" title="Contributing factors" note="no blame; several, never one"><${FactorForm} name="add_factor" command="add_factor" start=${{ text: "", factor_kind: "process", link: "" }} links=${retro.links} label="Add the factor" />
  ${retro.factors.length ? html`<ul class="reviewed">${retro.factors.map((one, i) => html`<${Factor} key=${one.id} one=${one} number=${i + 1} links=${retro.links} may=${may} />`)}</ul>` : html`<${Empty}>None named yet.<//>`}<//>`;

const BLANK = { text: "", owner: "", due: "7 days", work_kind: "process", factor: "", runbook: "" };

const FollowUps = ({ retro, state, may }) => {
  const [draft, setDraft, clear] = useDraft("follow_up", BLANK);
  const put = (key) => (value) => setDraft({ ...draft, [key]: value });
  const owners = [["", "nobody yet"], ...(state.seats || []).map((seat) => [seat.seat, `${seat.name}, ${seat.title.toLowerCase()}`])];
  const factors = [["", "none"], ...retro.factors.map((one, i) => [one.id, `${i + 1} ${one.text.slice(0, 50)}`])];
  const books = [["", "none"], ...(state.runbooks || []).map((book) => [book.id, book.title])];
  const data = Object.fromEntries(Object.entries({ ...draft, text: draft.text.trim(), due: draft.due.trim() }).filter(([, value]) => value));
  return html`<${Card} name="followups" title="Follow-ups" note="an owner and a date, or it will not happen"><div class="pad col formbox"><${Field} label="What will be done">${(id) => html`<${TextArea} id=${id} rows=${2} value=${draft.text} set=${put("text")} />`}<//>
      <div class="formpair"><${Field} label="Owner">${(id) => html`<${Select} id=${id} value=${draft.owner} set=${put("owner")} choices=${owners} />`}<//><${Field} label="Due" help="3 days, or Fri 12:00">${(id) => html`<${TextInput} id=${id} value=${draft.due} set=${put("due")} />`}<//>
        <${Field} label="Kind">${(id) => html`<${Select} id=${id} value=${draft.work_kind} set=${put("work_kind")} choices=${WORK} />`}<//><${Field} label="Answers factor">${(id) => html`<${Select} id=${id} value=${draft.factor} set=${put("factor")} choices=${factors} />`}<//>
        <${Field} label="Changes runbook">${(id) => html`<${Select} id=${id} value=${draft.runbook} set=${put("runbook")} choices=${books} />`}<//></div>
      ${may.has("create_follow_up") && html`<div class="row"><${Act} kind="sm p" command="create_follow_up" data=${data} disabled=${!data.text} then=${() => clear(BLANK)}>Add the follow-up<//></div>`}<${Refusal} about="create_follow_up" /></div>
    ${retro.follow_ups.length > 0 && html`<ul class="reviewed">${retro.follow_ups.map((one) => html`<li key=${one.id}><p>${one.text}</p><div class="row wrap tight"><${Chip} icon="users" kind=${one.owner ? "" : "deg"}>${one.owner || "no owner"}<//><${Chip} icon="clock" kind=${one.due ? "" : "deg"}>${one.due || "no date"}<//><${Chip}>${sentence(one.kind)}<//>${one.factor && html`<${Chip} icon="link">factor ${retro.factors.findIndex((factor) => factor.id === one.factor) + 1}<//>`}</div></li>`)}</ul>`}<//>`;
};

const Context = ({ retro }) => {
  const [draft, setDraft, clear] = useDraft("context", { topic: "impact", text: "" });
  return html`<${Card} name="context" title="The story around it"><div class="pad col formbox"><div class="formpair"><${Field} label="About">${(id) => html`<${Select} id=${id} value=${draft.topic} set=${(topic) => setDraft({ ...draft, topic })} choices=${TOPICS} />`}<//></div>
    <${Field} label="In your words">${(id) => html`<${TextArea} id=${id} rows=${2} value=${draft.text} set=${(text) => setDraft({ ...draft, text })} />`}<//><div class="row"><${Act} kind="sm" command="add_context" data=${{ ...draft, text: draft.text.trim() }} disabled=${!draft.text.trim()} then=${() => clear({ topic: draft.topic, text: "" })}>Add<//></div><${Refusal} about="add_context" /></div>
    ${retro.context.length > 0 && html`<ul class="reviewed">${retro.context.map((one, i) => html`<li key=${i}><b>${(TOPICS.find(([id]) => id === one.topic) || [0, one.topic])[1]}.</b> ${one.text} <span class="q">${one.by}</span></li>`)}</ul>`}<//>`;
};

const StepsTaken = ({ steps }) => {
  const { commands, store } = useLive();
  const on = steps.filter((step) => step.linked).length;
  return html`<${Card} name="stepstaken" title="Steps taken" note=${`${on} of ${steps.length} on the list`}><ul class="steplist">${steps.map((step) => html`<li key=${step.seq}>${step.linked ? html`<span class="row"><span class="m q">${store.time(step.t_ms)}</span>${step.text}</span>`
    : html`<${Check} checked=${false} set=${() => commands.send("link_step", { seq: step.seq }, `step.${step.seq}`)}><span class="m q">${store.time(step.t_ms)}</span> ${step.text}<//>`}<${Refusal} about=${`step.${step.seq}`} /></li>`)}</ul><//>`;
};

export const RetroView = ({ retro, state }) => {
  const { store } = useLive();
  const may = new Set(state.me.may);
  const held = retro.held;
  return html`<div class="view two retro"><div class="main scrolls"><${Card} name="meeting" title="Retrospective" note=${held ? `held ${store.both(held.t_ms)}, ${held.medium}` : "the incident is over; meet while memories are fresh"}>${held ? html`<p class="pad">${held.present.join(", ")}</p>` : html`<${Hold} state=${state} />`}<//>
    ${held && html`<${Factors} retro=${retro} may=${may} /><${Context} retro=${retro} />`}</div>
    <div class="side scrolls">${held ? html`<${FollowUps} retro=${retro} state=${state} may=${may} /><${StepsTaken} steps=${retro.steps} />` : html`<${Card} name="why" title="What it is for"><p class="pad s">What contributed, what the response did, what is changed so that a night like this goes better. Kinds of factors, not names.</p><//>`}</div></div>`;
};
