// A role on its way to another person: somebody is found, told, reads it back, takes over, and everyone hears it.
import { html, useLive, useState } from "../h.js";
import { initials } from "../format.js";
import { useDraft } from "../drafts.js";
import { Act, Avatar, Button, Card, Chip, Empty, Field, Refusal, Select, Status, TextArea, TextInput } from "./base.js";
import { ClaimForm, ClaimChips } from "./claims.js";
import { Glyph, Icon } from "./icons.js";

const HINTS = {
  state: "What is up, degraded, down; who is hit; priority and severity.",
  story: "From the first alert to now, in five sentences.",
  tried: "What was tried and did not help, so that nobody tries it again.",
  tasks: "What runs, who has it, when it is due.",
  plan: "If what, then what; the next decision.",
  do_not_touch: "What must not be done, and why.",
  promises: "Next update: to whom, when. What else was promised.",
  people: "Who goes, who stays and how long, who can be called.",
};
const PROPERTY = { state: "state", tried: "tried", tasks: "now", plan: "forecast", promises: "next_update", people: "lead", story: "cause", do_not_touch: "residual" };

const Section = ({ section, role, may, subject }) => {
  const { store } = useLive();
  const saved = { text: section.text, claims: section.claims };
  const [draft, setDraft, clear] = useDraft(`handoff:${section.id}`, null);
  const [facts, setFacts] = useState(false);
  const values = draft || saved;
  const about = `handoff.${section.id}`;
  const hint = section.hint || HINTS[section.id] || "";
  return html`<section class="hosec" aria-label=${section.title}><div class="row"><span class="st ${section.text ? "c-up" : "c-idle"}"><${Glyph} name=${section.text ? "up" : "idle"} size=${10} /><span class="vh">${section.text ? "written" : "empty"}</span></span><h3>${section.title}</h3><span class="q el">${section.by ? `${section.by} ${store.time(section.t_ms)}` : ""}</span><span class="sp"></span>
      ${may && html`<button type="button" class="bare q" aria-expanded=${facts} onClick=${() => setFacts(!facts)}>${facts ? "Close facts" : values.claims.length ? `Facts ${values.claims.length}` : "Add a fact"}</button>`}</div>
    ${may ? html`<${TextArea} aria-label=${section.title} rows=${2} value=${values.text} set=${(text) => setDraft({ ...values, text })} placeholder=${hint} />` : html`<p class="doctext">${section.text || "Not written yet."}</p>`}
    ${facts ? html`<${ClaimForm} claims=${values.claims} set=${(claims) => setDraft({ ...values, claims })} start=${PROPERTY[section.id] || "state"} subject=${subject} />` : values.claims.length > 0 && html`<${ClaimChips} claims=${values.claims} />`}
    ${draft && html`<div class="row"><${Act} kind="sm p" command="write_handoff" data=${{ role, section: section.id, text: values.text.trim(), claims: values.claims }} about=${about} disabled=${!values.text.trim()} then=${() => clear(null)}>Save<//><${Button} kind="sm ghost" onClick=${() => clear(null)}>Leave as it was<//></div>`}<${Refusal} about=${about} /></section>`;
};

const Match = ({ right }) => (right === null || right === undefined ? html`<${Status} state="idle">Not judged<//>` : right ? html`<${Status} state="up">Same<//>` : html`<${Status} state="degraded">Differs<//>`);

// What the relief said back, question by question.
const ReadBack = ({ handoff, may }) => {
  const [mine, setMine] = useState(false);
  const [answers, setAnswers, clear] = useDraft("read_back", {});
  const rows = new Map(((handoff.read_back && handoff.read_back.rows) || []).map((row) => [row.id, row]));
  const said = handoff.read_back;
  const given = Object.fromEntries(Object.entries(answers).filter(([, words]) => words.trim()).map(([id, words]) => [id, words.trim()]));
  return html`<${Card} name="readback" title="Said back" note=${said ? `${said.who} answers in their own words` : "asked when the relief has heard it"} tools=${said && said.of ? html`<${Chip} kind=${said.right === said.of ? "up" : "deg"}>${said.right} of ${said.of} right<//>` : null}>
    ${handoff.questions.length > 0 && html`<div class="tblwrap" tabindex="0" role="region" aria-label="What was said back"><table class="tbl rbk"><thead><tr><th scope="col">Question</th><th scope="col">Answer</th><th scope="col">Match</th></tr></thead><tbody>${handoff.questions.map(([id, question]) => {
      const row = rows.get(id);
      return html`<tr key=${id} class=${row && row.right === false ? "bad" : ""}><th scope="row">${question}</th><td>${mine ? html`<${TextInput} aria-label=${question} value=${answers[id] || ""} set=${(words) => setAnswers({ ...answers, [id]: words })} maxlength="200" />` : row ? row.answer : html`<span class="q">open</span>`}</td><td>${row ? html`<${Match} right=${row.right} />` : html`<${Status} state="idle">Open<//>`}</td></tr>`;
    })}</tbody></table></div>`}
    ${said && said.right !== null && said.right < said.of && !handoff.handed && html`<p class="pad help">What differs is talked over: add the fact to its part below, and it is said back once more.</p>`}
    ${handoff.questions.length === 0 && html`<${Empty}>Whoever takes over asks, and answers in their own words, when you have met.<//>`}
    ${may.has("read_back") && handoff.questions.length > 0 && html`<div class="foot">${mine ? html`<${Act} kind="sm p" command="read_back" data=${{ role: handoff.role, answers: given }} about="read_back" disabled=${!Object.keys(given).length} then=${() => { clear({}); setMine(false); }}>Say it back<//><${Button} kind="sm ghost" onClick=${() => setMine(false)}>Close<//>`
      : html`<${Button} kind="sm" icon="chat" onClick=${() => setMine(true)}>I take over: say it back<//>`}<${Refusal} about="read_back" /></div>`}<//>`;
};

const spanOf = (person) => (person.from || person.until ? `${person.from ? `from ${person.from}` : ""}${person.until ? ` until ${person.until}` : ""}`.trim() : "resting");

const Rota = ({ person, handoff, may }) => {
  const about = `seek.${person.id}`;
  const answer = person.accepts === null ? (person.asked_ms !== null ? html`<${Chip} icon="clock">asked<//>` : null) : person.accepts ? html`<${Chip} kind="up" glyph="up">Yes<//>` : html`<${Chip} kind="deg" glyph="deg">No<//>`;
  return html`<li><${Avatar} seat=${{ initials: initials(person.name) }} /><div class="fill"><div class="row wrap tight"><b>${person.name}</b>${answer}</div><p class="q">${[person.town, person.skills.join(", ") || "no skill named", spanOf(person)].filter(Boolean).join(" · ")}</p>${person.said && html`<p class="s">“${person.said}”</p>`}<${Refusal} about=${about} /></div>
    ${person.asked_ms === null && may.has("seek_staff") && html`<${Act} kind="sm" command="seek_staff" data=${{ role: handoff.role, person: person.id }} about=${about} aria-label=${`Ask ${person.name} to take over`}>Ask<//>`}</li>`;
};

const Steps = ({ steps }) => html`<ul class="stps">${steps.map(([title, done, note], i) => {
  const now = steps.findIndex(([, over]) => !over) === i;
  return html`<li key=${title} class="stp ${done ? "done" : now ? "now" : ""}"><span class="mark">${done ? html`<${Icon} name="check" size=${14} /><span class="vh">done</span>` : html`<${Icon} name=${now ? "arrow" : "clock"} size=${14} /><span class="vh">${now ? "now" : "open"}</span>`}</span><b class="fill">${title}</b><span class="q">${note}</span></li>`;
})}</ul>`;

const TakeOver = ({ handoff, state, may }) => {
  const ready = handoff.rota.filter((person) => person.accepts);
  const [to, setTo] = useState("");
  const chosen = ready.some((one) => one.id === to) ? to : (ready[0] || {}).id;
  const who = ready.find((one) => one.id === chosen);
  const [words, setWords, clear] = useDraft("announce", "");
  const lacks = handoff.sections.filter((section) => !section.text).length;
  if (handoff.handed) {
    return html`<div class="pad col"><p><b>${handoff.holder} has the role.</b></p>${handoff.told ? html`<p class="s">Everyone was told.</p>` : html`<${Field} label="And who does what now">${(id) => html`<${TextArea} id=${id} rows=${3} value=${words} set=${setWords} />`}<//>
      <${Act} kind="p" icon="users" command="announce_role" data=${{ role: handoff.role, holder: holderOf(handoff, state), text: words.trim() }} about="announce" then=${() => clear("")}>Say it aloud to everyone<//><${Refusal} about="announce" />`}
      ${may.has("confirm_role") && html`<${Act} command="confirm_role" data=${{ role: handoff.role }} about="confirm_role" icon="check">I have the role<//><${Refusal} about="confirm_role" />`}</div>`;
  }
  return html`<div class="pad col">${ready.length ? html`<${Field} label="Takes over">${(id) => html`<${Select} id=${id} value=${chosen} set=${setTo} choices=${ready.map((one) => [one.id, one.name])} />`}<//>` : html`<p class="s">Nobody has agreed to take over yet. Ask one name at a time.</p>`}
    ${who && together(state, who) && html`<p class="s">You are together on the call; ${who.name.split(" ")[0]} reads, then says it back.</p>`}
    ${who && !together(state, who) && may.has("start_call") && html`<${Act} kind=${handoff.read_back ? "" : "p"} icon="video" command="start_call" data=${{ to: [who.id, ...leadsOf(state)], medium: "video", text: `Handoff of ${handoff.role_title.toLowerCase()}` }} about="handoff.call">Meet face to face<//><${Refusal} about="handoff.call" />`}
    ${who && (lacks > 0 || !handoff.read_back) && html`<p class="s"><${Status} state="degraded">${[lacks > 0 ? `${lacks} of ${handoff.sections.length} parts are empty` : "", handoff.read_back ? "" : "nothing was said back yet"].filter(Boolean).join(", ")}<//></p>`}
    <${Act} kind=${handoff.read_back ? "p lg" : "lg"} icon="hand" command="hand_off_role" data=${{ role: handoff.role, to: chosen }} about="hand_off" disabled=${!chosen || !may.has("hand_off_role")}>${who ? `Hand over to ${who.name}` : "Hand over"}<//><${Refusal} about="hand_off" />
    <p class="help">Until then ${handoff.holder} has the role. There is never a moment with two, or none.</p></div>`;
};

const together = (state, who) => (state.calls || []).some((call) => call.ended_ms === null && call.medium !== "phone" && call.with.includes(who.name));
const leadsOf = (state) => ["commander", "tech_lead", "communications"].filter((seat) => seat !== state.me.seat && (state.seats || []).some((one) => one.seat === seat));
// The relief's id: it stands on the rota under the name that the seat bears now.
const holderOf = (handoff, state) => (handoff.rota.find((person) => person.name === handoff.holder) || { id: state.me.seat }).id;

export const HandoffView = ({ handoff, state, subject }) => {
  const { store } = useLive();
  if (!handoff) return html`<div class="view"><${Card} name="handoff" title="Handoff" grow><${Empty}>Your role is not handed over in this drill.<//><//></div>`;
  const may = new Set(state.me.may);
  const written = handoff.sections.filter((section) => section.text).length;
  const yes = handoff.rota.find((person) => person.accepts);
  const met = (state.calls || []).some((call) => call.medium !== "phone" && yes && call.with.includes(yes.name));
  const steps = [["Somebody found", Boolean(yes), yes ? yes.name : ""], ["Written down", written === handoff.sections.length, `${written} of ${handoff.sections.length}`], ["Together by voice or video", met, ""],
    ["Said back", Boolean(handoff.read_back), handoff.read_back ? store.time(handoff.read_back.t_ms) : met ? "reads it first" : ""], ["Handed over", handoff.handed, handoff.handed ? handoff.holder : ""], ["Said aloud to everyone", handoff.told, ""]];
  const rota = html`<${Card} name="rota" title="Who could take over"><ul class="rota">${handoff.rota.map((person) => html`<${Rota} key=${person.id} person=${person} handoff=${handoff} may=${may} />`)}</ul><//>`;
  const gaps = handoff.accepted && handoff.accepted.gaps.map((id) => (handoff.questions.find(([one]) => one === id) || [0, (handoff.sections.find((one) => one.id === id) || { title: id }).title])[1]);
  return html`<div class="view two wide-left handoff"><div class="main scrolls">
    <${Card} name="who" title=${`${handoff.role_title} changes hands`} note=${handoff.until ? `shift ends ${handoff.until}` : ""}><div class="whos"><div class="row"><${Avatar} large seat=${{ initials: initials(handoff.before || handoff.holder) }} /><div><b>${handoff.before || handoff.holder}</b><div class="q">${handoff.handed ? "has handed over" : "hands over, still in the role"}</div></div></div><span class="c-plain"><${Icon} name="hand" size=${20} /></span>
      <div class="row end"><div class="r"><b>${handoff.handed ? handoff.holder : yes ? yes.name : "nobody yet"}</b><div class="q">${handoff.handed ? "has it" : "takes over"}</div></div><${Avatar} large me seat=${{ initials: handoff.handed ? initials(handoff.holder) : yes ? initials(yes.name) : "?" }} /></div></div>
      ${gaps && html`<p class="pad s">${handoff.accepted.who} took it over${gaps.length ? `, with open questions: ${gaps.join("; ")}` : ", nothing open"}.</p>`}<//>
    ${(met || handoff.read_back) && html`<${ReadBack} handoff=${handoff} may=${may} />`}
    <${Card} name="handed" title="What is handed over" note=${`${written} of ${handoff.sections.length} written; facts in short form are what can be said back`}><div class="hosecs">${handoff.sections.map((section) => html`<${Section} key=${section.id} section=${section} role=${handoff.role} may=${may.has("write_handoff")} subject=${subject} />`)}</div><//>
    ${!met && !handoff.read_back && html`<${ReadBack} handoff=${handoff} may=${may} />`}</div>
    <div class="side scrolls">${!yes && !handoff.handed && rota}<${Card} name="takeover" title="Take over"><${TakeOver} handoff=${handoff} state=${state} may=${may} /><//>
      <${Card} name="steps" title="Steps of a handoff"><${Steps} steps=${steps} /><//>
      ${(yes || handoff.handed) && rota}</div></div>`;
};
