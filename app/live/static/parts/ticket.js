// One ticket: its report, category, priority with the four factors, and its history. One button saves what has changed.
import { html, useLive, useState, useTick } from "../h.js";
import { duration, sentence } from "../format.js";
import { useDraft } from "../drafts.js";
import { Act, Button, Card, Chip, Field, Pills, Refusal, Select, useCommands } from "./base.js";
import { Icon } from "./icons.js";
import { FootButton, KindOf, ReportFields, channelOf, onCtrlEnter } from "./ticketform.js";

const FACTORS = [
  ["people", "People affected", "users", [["none", "Nobody stopped"], ["some", "Some staff"], ["many", "Many customers"]]],
  ["money", "Money", "money", [["none", "None"], ["some", "Some"], ["much", "Sales stop"]]],
  ["security", "Security", "shield", [["no", "No"], ["unclear", "Not clear"], ["yes", "Yes"]]],
  ["sla", "SLA", "clock", [["safe", "Safe"], ["at_risk", "At risk"], ["breached", "Breached"]]],
];
const RANKS = [
  ["low", "Low", "Nobody is stopped. It can wait."],
  ["medium", "Medium", "Some staff or operations are disturbed; customers hardly."],
  ["high", "High", "Many users or customers, delivery stops, or money is at stake."],
];

const Due = ({ ticket }) => {
  const { store } = useLive();
  useTick(1000);
  const left = ticket.due_ms - store.now();
  return html`<${Chip} kind=${left < 0 ? "down" : "deg"} icon="clock">${left < 0 ? `SLA broken ${duration(-left)} ago` : `SLA ${duration(left)} left`}<//>`;
};

const Category = ({ values, put, book }) => {
  const categories = (book && book.categories) || [];
  const chosen = categories.find((one) => one.id === values.category);
  const first = (id) => { const one = categories.find((each) => each.id === id); return one ? one.subs[0][0] : ""; };
  return html`<div class="fields"><${KindOf} className="w2" value=${values.ticket_kind} set=${(ticket_kind) => put({ ticket_kind })} /><${Field} label="Category" className="w2">${(id) => html`<${Select} id=${id} data-key="category" value=${values.category} choices=${[["", "not set"], ...categories.map((one) => [one.id, one.title])]}
      set=${(category) => put({ category, sub: first(category) })} />`}<//>
    <${Field} label="Sub-category" className="w2">${(id) => html`<${Select} id=${id} value=${values.sub} set=${(sub) => put({ sub })} disabled=${!chosen} choices=${chosen ? chosen.subs.map(([key, title]) => [key, sentence(title)]) : [["", "choose a category first"]]} />`}<//></div>`;
};

const suggestionOf = (values, book) => {
  const category = ((book && book.categories) || []).find((one) => one.id === values.category);
  return category && category.subs.find(([id]) => id === values.sub);
};

const Priority = ({ values, put, book }) => {
  const suggestion = suggestionOf(values, book);
  const doubt = values.security === "unclear" || FACTORS.some(([name]) => !values[name]);
  return html`<div class="factors">${FACTORS.map(([name, title, icon, choices]) => html`<div class="fac" key=${name}><${Icon} name=${icon} size=${15} /><b>${title}</b><${Pills} label=${title} value=${values[name]} set=${(value) => put({ [name]: value })} choices=${choices} /></div>`)}</div>
    <div class="ranks" role="group" aria-label="Priority">${RANKS.map(([key, title, words]) => html`<button key=${key} type="button" class=${values.priority === key ? "on" : ""} aria-pressed=${values.priority === key} onClick=${() => put({ priority: key })}><b>${title}</b><span>${words}</span></button>`)}</div>
    <p class="help">${suggestion ? `“${sentence(suggestion[1])}” suggests ${suggestion[2]}. ` : ""}${doubt ? "In doubt, take high and come down later." : ""}</p>`;
};

const History = ({ history }) => html`<ol class="hist">${history.map((line) => html`<li key=${line.n}><span class="m q">${line.story}</span><span>${line.text}</span><span class="q">${line.by}</span></li>`)}</ol>`;

// Whether a reporter was asked, and what they said.
const Heard = ({ one }) => (one.works !== null ? html`<${Chip} kind=${one.works ? "up" : "down"}>${one.works ? "says it works" : "says no"}<//>` : html`<${Chip} kind=${one.asked ? "act" : "line"}>${one.asked ? "asked, no answer yet" : "not asked"}<//>`);

// Who told of it, and in which words.
const ToldList = ({ ticket }) => {
  const { store } = useLive();
  return html`<ul class="toldlist" aria-label=${`Reports of ${ticket.id}`}>${ticket.told.map((one) => html`<li key=${one.id}><div class="row wrap tight"><${Chip} icon=${channelOf(one.channel)[1]}>${channelOf(one.channel)[0]}<//><b>${one.name}</b>${one.contact && html`<span class="m">${one.contact}</span>`}
    <span class="q">${store.both(one.t_ms)}${one.ticket === ticket.id ? "" : `, in ${one.ticket}`}</span><${Heard} one=${one} /></div><blockquote class="read">${one.title && one.title !== one.text && html`<b>${one.title}</b> `}${one.text}</blockquote></li>`)}</ul>`;
};

const counted = (n) => `${n} ${n === 1 ? "report" : "reports"}`;

const Told = ({ ticket }) => {
  const [open, setOpen] = useState(false);
  const same = ticket.duplicates.length ? html`<span class="q">stands for ${ticket.duplicates.join(", ")} too</span>` : null;
  const told = ticket.told || [];
  if (!told.length) return ticket.reports > 0 || same ? html`<p class="row wrap tight">${ticket.reports > 0 && html`<span class="q">${counted(ticket.reports)}</span>`}${same}</p>` : null;
  return html`<div class="row wrap tight"><${Button} kind="sm" icon="chat" aria-expanded=${open} onClick=${() => setOpen(!open)}>${counted(told.length)}<//>${same}</div>${open && html`<${ToldList} ticket=${ticket} />`}`;
};

const STATES = { open: ["act", "Open"], resolved: ["up", "Resolved"], returned: ["act", "With the desk again"], closed: ["line", "Closed"] };

const baseOf = (ticket, store) => ({ ticket_kind: ticket.kind, reporter: ticket.reporter, contact: ticket.contact, time: store.time(ticket.reported_ms), description: ticket.description, service: ticket.service,
  category: ticket.category, sub: ticket.sub, priority: ticket.priority, people: "", money: "", security: "", sla: "", ...ticket.factors });

const REPORT = ["ticket_kind", "reporter", "contact", "time", "description", "service"];
const RANK = ["priority", "people", "money", "security", "sla"];

// The commands that bring a ticket from how it stands to how it is wanted.
export const changesOf = (ticket, base, values, moment) => {
  const differs = (name) => values[name] !== base[name] && values[name] !== "";
  const made = [];
  const corrected = Object.fromEntries(REPORT.filter((name) => name !== "time" && differs(name)).map((name) => [name, values[name]]));
  if (differs("time") && moment(values.time) !== null) corrected.reported_ms = moment(values.time);
  if (Object.keys(corrected).length) made.push(["correct_ticket", { ticket: ticket.id, ...corrected }]);
  if ((differs("category") || differs("sub")) && values.category && values.sub) made.push(["categorise_ticket", { ticket: ticket.id, category: values.category, sub: values.sub }]);
  if (RANK.some(differs) && values.priority) made.push(["prioritise_ticket", { ticket: ticket.id, ...Object.fromEntries(RANK.filter((name) => values[name]).map((name) => [name, values[name]])) }]);
  return made;
};

// Accept it first, when it was passed to me.
const Accept = ({ ticket }) => html`<div class="tsec row wrap"><span class="fill"><b>${ticket.id} was passed to you.</b> <span class="s">Accept it, so that the others know who works on it.</span></span>
  <${Act} kind="p" icon="check" command="accept_ticket" data=${{ ticket: ticket.id }} about=${`accept.${ticket.id}`}>Accept<//><${Refusal} about=${`accept.${ticket.id}`} /></div>`;

export const TicketCard = ({ ticket, state }) => {
  const { store } = useLive();
  const commands = useCommands();
  const may = new Set(state.me.may);
  const base = baseOf(ticket, store);
  const [draft, setDraft, clear] = useDraft(`ticket:${ticket.id}`, {});
  const values = { ...base, ...draft };
  const about = `ticket.${ticket.id}`;
  const put = (part) => setDraft({ ...draft, ...part });
  const waiting = changesOf(ticket, base, values, (text) => store.moment(text)).filter(([command]) => may.has(command));
  const busy = commands.busy.has(about);
  const save = async () => {
    if (!waiting.length || busy) return;
    for (const [command, data] of waiting) {
      const outcome = await commands.send(command, data, about);
      if (!outcome.ok) return;
    }
    clear({});
  };
  const open = ticket.state !== "closed";
  const [kind, word] = STATES[ticket.state] || ["", ticket.state];
  return html`<${Card} name="ticket" className="ticket" title=${ticket.id} grow mark=${html`<${Chip} kind=${kind}>${word}<//>${open && html`<${Chip} kind="line" icon="users">${ticket.mine ? "with you" : `with ${ticket.with}`}${ticket.accepted ? "" : ", not accepted yet"}<//>`}`}
      tools=${ticket.due_ms !== null && html`<${Due} ticket=${ticket} />`}>
    <div class="scroll" tabindex="0" role="region" aria-label=${`Ticket ${ticket.id}`} onKeyDown=${onCtrlEnter(save)}>
      <div class="tsec"><h3 class="ttitle">${ticket.title}</h3>${ticket.duplicate_of && html`<p class="s">The same trouble as ${ticket.duplicate_of}.</p>`}<${Told} ticket=${ticket} /></div>
      ${ticket.mine && !ticket.accepted && html`<${Accept} ticket=${ticket} />`}
      ${may.has("correct_ticket") && open ? html`<div class="tsec"><h3>Report</h3><${ReportFields} values=${values} put=${(name) => (value) => put({ [name]: value })} state=${state} known=${[ticket.reporter, ticket.reporter_name]} kind=${false} /></div>
        <div class="tsec"><${Category} values=${values} put=${put} book=${state.book} /></div>` : html`<${ReadOnly} ticket=${ticket} state=${state} />`}
      ${may.has("prioritise_ticket") && open && html`<div class="tsec"><h3>Priority <span class="q">four questions, then the rank</span></h3><${Priority} values=${values} put=${put} book=${state.book} /></div>`}
      <div class="tsec"><h3>History</h3><${History} history=${ticket.history} /></div></div>
    ${open && (may.has("correct_ticket") || may.has("prioritise_ticket")) && html`<div class="tfoot"><${FootButton} data-key="save" off=${!waiting.length} busy=${busy} press=${save}>Save ticket<//>
      ${waiting.length > 0 && html`<${Button} kind="ghost" onClick=${(event) => { clear({}); event.currentTarget.parentNode.querySelector("[data-key=save]").focus(); }}>Leave as it was<//>`}<span class="help">${waiting.length ? "Changed here, not saved yet." : "Saved as it stands."}</span><${Refusal} about=${about} /></div>`}<//>`;
};

const ReadOnly = ({ ticket, state }) => {
  const { store } = useLive();
  const category = ((state.book && state.book.categories) || []).find((one) => one.id === ticket.category);
  const sub = category && category.subs.find(([id]) => id === ticket.sub);
  const service = ((state.book && state.book.affected) || []).find(([id]) => id === ticket.service);
  const rows = [["Reporter", ticket.reporter_name], ["Contact", ticket.contact], ["Reported", store.both(ticket.reported_ms)], ["What is not working", ticket.description], ["Service affected", service && service[1]],
    ["Category", category && `${category.title}, ${sub ? sub[1] : ""}`], ["Priority", ticket.priority && sentence(ticket.priority)]];
  return html`<div class="tsec"><dl class="pv wide-dt">${rows.map(([term, words]) => html`<dt>${term}</dt><dd>${words || html`<span class="q">not known</span>`}</dd>`)}</dl></div>`;
};
