// From what was reported to a ticket: four fields, prefilled where the message tells them, asked where it does not.
import { html, useLive } from "../h.js";
import { useDraft } from "../drafts.js";
import { Act, Button, Card, Chip, Field, Refusal, Segments, Select, TextArea, TextInput, useCommands } from "./base.js";
import { Icon } from "./icons.js";

export const CHANNELS = { phone: ["Phone", "phone"], email: ["Mail", "mail"], text: ["Text", "chat"], chat: ["Chat", "chat"], ticket: ["Ticket form", "ticket"], alert: ["Alert", "bell"], press: ["Press", "mail"] };
export const channelOf = (id) => CHANNELS[id] || [id, "chat"];
export const KINDS = [["incident", "Incident"], ["request", "Service request"]];

// Who may have reported it: monitoring, people outside, people of the house.
export const reportersOf = (state) => [["monitor", "Monitoring"], ...(state.people || []).filter((one) => one.kind === "persona").map((one) => [one.id, `${one.name}, ${one.title}`]),
  [state.me.seat, `${state.me.name}, you`], ...(state.people || []).filter((one) => one.kind === "seat").map((one) => [one.id, `${one.name}, ${one.title.toLowerCase()}`])];
export const affectedOf = (state) => [["", "not known"], ...((state.book && state.book.affected) || [])];

export const blankTicket = (report, store) => ({
  ticket_kind: "incident",
  title: report ? report.title || (report.written ? report.text.slice(0, 80) : "") : "",
  reporter: report ? report.from : "",
  contact: report && report.written ? report.contact : "",
  time: report && report.written ? store.time(report.t_ms) : "",
  description: report && report.written ? report.text || report.title : "",
  service: (report && report.service) || "",
});

// The fields of a report; the same for a new ticket and for one that is corrected.
const withKnown = (choices, known) => (known && known[0] && !choices.some(([id]) => id === known[0]) ? [known, ...choices] : choices);

export const ReportFields = ({ values, put, state, known, lockedTime, kind = true }) => html`<div class="fields">
  <${Field} label="Reporter" className="w2">${(id) => html`<${Select} id=${id} value=${values.reporter} set=${put("reporter")} choices=${withKnown(values.reporter ? reportersOf(state) : [["", "Who reported it?"], ...reportersOf(state)], known)} />`}<//>
  <${Field} label="Contact" className="w2">${(id) => html`<${TextInput} id=${id} value=${values.contact} set=${put("contact")} placeholder="How to reach them" maxlength="80" />`}<//>
  <${Field} label="Reported at" className="w2">${(id) => html`<${TextInput} id=${id} class="in m" value=${values.time} set=${put("time")} placeholder="hh:mm" disabled=${lockedTime} inputmode="numeric" />`}<//>
  <${Field} label="What is not working" className="w4">${(id) => html`<${TextArea} id=${id} rows=${3} value=${values.description} set=${put("description")} placeholder="What they see, since when, what still works" />`}<//>
  <div class="w2 col"><${Field} label="Service affected">${(id) => html`<${Select} id=${id} value=${values.service} set=${put("service")} choices=${affectedOf(state)} />`}<//>
    ${kind && html`<${KindOf} value=${values.ticket_kind} set=${put("ticket_kind")} />`}</div></div>`;

export const KindOf = ({ value, set, className = "" }) => html`<div class="f ${className}"><span class="lab">Kind</span><${Segments} label="Kind of ticket" value=${value} set=${set} choices=${KINDS} /></div>`;

const missing = (values) => [["title", "a title"], ["reporter", "who reported it"], ["contact", "how to reach them"], ["time", "when"], ["description", "what is not working"]].filter(([name]) => !String(values[name] || "").trim()).map(([, words]) => words);

const Told = ({ report, may, take }) => {
  const { store } = useLive();
  const [word, icon] = channelOf(report.channel);
  return html`<div class="told"><div class="row wrap tight"><${Chip} icon=${icon}>${word}<//><b class="c-ex">${report.name}</b><span class="q">${store.both(report.t_ms)}</span>
      ${!report.written && report.contact && html`<span class="q">number shown: <b class="m">${report.contact}</b></span>`}<span class="sp"></span>
      ${!report.written && html`<${Button} kind="sm ghost" icon="edit" onClick=${() => take({ contact: report.contact, time: store.time(report.t_ms) })}>Take number and time<//>`}
      ${may.has("start_call") && report.from !== "monitor" && html`<${Act} kind="sm ghost" icon="phone" command="start_call" data=${{ to: [report.from], medium: "phone" }} about=${`call.${report.from}`}>Call back<//>`}</div>
    ${report.text && html`<blockquote class="read">${report.text}</blockquote>`}<${Refusal} about=${`call.${report.from}`} /></div>`;
};

// Tickets that may stand for a trouble too, those of the same service first; the incident among these is the likely one.
const fits = (ticket, service) => Boolean(service) && ticket.service === service;
export const mainsOf = (tickets, service, but = "") => tickets.filter((one) => one.id !== but && one.state !== "closed" && !one.duplicate_of).sort((a, b) => Number(fits(b, service)) - Number(fits(a, service)));
export const likelyOf = (mains, service) => (mains.find((one) => one.kind === "incident" && fits(one, service)) || { id: "" }).id;
export const sameChoices = (mains) => [["", "choose"], ...mains.map((one) => [one.id, `${one.id} ${one.title}`])];

// Ctrl+Enter (on a Mac Cmd+Enter) sends the form one writes in.
export const onCtrlEnter = (go) => (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  go();
};

// The button at the foot of a ticket; it stays in the tab order while it has nothing to do, so that the focus stays on it.
export const FootButton = ({ off, busy, press, children, ...rest }) => html`<${Button} kind="p" ...${rest} aria-disabled=${off || busy ? "true" : undefined} aria-busy=${busy} onClick=${press}>${children}<//>`;

// A report is about a trouble that has its number already: link it, so that everyone speaks about one. An alert has to
// stand in a ticket of its own, which then is linked.
const LinkTo = ({ report, values, tickets, linked, twin }) => {
  const mains = mainsOf(tickets, report.service);
  const [ticket, setTicket, clear] = useDraft(`link:${report.id}`, null);
  const wanted = ticket === null ? likelyOf(mains, report.service) : ticket;
  const chosen = mains.some((one) => one.id === wanted) ? wanted : "";
  const about = `link.${report.id}`;
  const alert = report.channel === "alert";
  const { title, reporter, contact, description, service } = values;
  const same = { title: title.trim(), reporter, contact, description, ...(service ? { service } : {}), alert: report.id };
  const known = tickets.map((one) => one.id);
  return html`<div class="linkto"><${Field} label="Or the same trouble as" className="fill">${(id) => html`<${Select} id=${id} value=${chosen} set=${setTicket} choices=${sameChoices(mains)} />`}<//>
    ${alert ? html`<${Act} icon="link" command="log_ticket" data=${same} about=${about} disabled=${!chosen || !same.title} then=${() => { clear(); twin(known, chosen); }}>${chosen ? `Log as the same as ${chosen}` : "Log as the same"}<//>`
      : html`<${Act} icon="link" command="link_ticket" data=${{ ticket: chosen, report: report.id }} about=${about} disabled=${!chosen} then=${() => { clear(); linked(chosen); }}>${chosen ? `Link to ${chosen}` : "Link"}<//>`}<${Refusal} about=${about} /></div>`;
};

// A new ticket, from a report or from what somebody saw.
export const LogForm = ({ report, state, logged, linked, twin }) => {
  const { store } = useLive();
  const commands = useCommands();
  const may = new Set(state.me.may);
  const about = `log.${report ? report.id : "new"}`;
  const [values, setValues, clear] = useDraft(about, blankTicket(report, store));
  const put = (name) => (value) => setValues({ ...values, [name]: value });
  const lacks = missing(values);
  const off = !values.title.trim() || !values.reporter;
  const busy = commands.busy.has(about);
  const log = async () => {
    if (off || busy) return;
    const reported_ms = store.moment(values.time);
    const data = { ticket_kind: values.ticket_kind, title: values.title.trim(), reporter: values.reporter || "monitor", contact: values.contact.trim(), description: values.description.trim(),
      ...(reported_ms !== null && reported_ms >= 0 ? { reported_ms } : {}), ...(values.service ? { service: values.service } : {}),
      ...(report ? { [report.channel === "alert" ? "alert" : "report"]: report.id } : {}) };
    const known = state.tickets.map((ticket) => ticket.id);
    const outcome = await commands.send("log_ticket", data, about);
    if (outcome.ok) { clear(); logged(known); }
  };
  return html`<${Card} name="logform" className="ticket" title=${report ? `${channelOf(report.channel)[0]} from ${report.name}` : "A new ticket"} grow>
    <div class="scroll" tabindex="0" role="region" aria-label="Log a ticket" onKeyDown=${onCtrlEnter(log)}>
      ${report && html`<div class="tsec"><${Told} report=${report} may=${may} take=${(part) => setValues({ ...values, ...part })} /></div>`}
      ${report && may.has("link_ticket") && mainsOf(state.tickets).length > 0 && html`<div class="tsec"><${LinkTo} report=${report} values=${values} tickets=${state.tickets} linked=${linked} twin=${twin} /></div>`}
      <div class="tsec"><${Field} label="In one line">${(id) => html`<${TextInput} id=${id} data-first data-key="oneline" value=${values.title} set=${put("title")} maxlength="200" placeholder="Shops cannot take payments" />`}<//>
        <${ReportFields} values=${values} put=${put} state=${state} known=${report && [report.from, report.name]} /></div></div>
    <div class="tfoot"><${FootButton} icon="ticket" off=${off} busy=${busy} press=${log}>Log ticket<//>
      <span class="help">${lacks.length ? html`<${Icon} name="more" size=${12} /> Still open: ${lacks.join(", ")}.` : "All four fields are there."}</span><${Refusal} about=${about} /></div><//>`;
};
