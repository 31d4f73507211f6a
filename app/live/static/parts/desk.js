// Papers: the desk's queue with its tickets, and what came from outside.
import { html, memo, useEffect, useLive, useRef, useTick } from "../h.js";
import { duration, sentence } from "../format.js";
import { Act, Button, Card, Chip, Empty, Refusal } from "./base.js";
import { Icon } from "./icons.js";
import { Alike, Articles, Ending, Escalate, Related } from "./passing.js";
import { TicketCard } from "./ticket.js";
import { LogForm, channelOf } from "./ticketform.js";
import { Waiting } from "./waiting.js";

const RANK = { high: ["down", "High"], medium: ["deg", "Medium"], low: ["idle", "Low"] };
const ORDER = { high: 0, medium: 1, "": 1, low: 2 };

const Age = ({ t_ms }) => {
  const { store } = useLive();
  useTick(5000);
  return html`<span class="q xs nw">${duration(store.now() - t_ms)}</span>`;
};

const Ringing = ({ phone }) => html`<li class="qi rings"><div class="row"><${Icon} name="phone" size=${14} /><b class="el fill">${phone.from}</b><${Age} t_ms=${phone.since_ms} /></div>
  <div class="row"><span class="s fill">rings you</span><${Act} kind="sm p" icon="phone" command="answer_phone" data=${phone.actions[0].data} about=${`phone.${phone.id}`}>Answer<//></div><${Refusal} about=${`phone.${phone.id}`} /></li>`;

const ReportItem = memo(({ report, on, choose }) => {
  const [word, icon] = channelOf(report.channel);
  return html`<li><button type="button" class="qi ${on ? "on" : ""}" data-key=${`q-${report.id}`} aria-pressed=${on} onClick=${() => choose({ report: report.id })}><span class="row"><b class="el fill">${report.title || report.text}</b><${Age} t_ms=${report.t_ms} /></span>
    <span class="row q xs"><${Icon} name=${icon} size=${12} />${word} · ${report.name} <span class="sp"></span><${Chip} kind="act">new<//></span></button></li>`;
});

// What the reporter answered, where the ticket is still open.
const Answered = ({ ticket }) => (ticket.state === "closed" || typeof ticket.satisfied !== "boolean" ? null : html`<${Chip} kind=${ticket.satisfied ? "up" : "down"}>${ticket.satisfied ? "says it works: close it" : "says no"}<//>`);

const TicketItem = memo(({ ticket, under, on, choose }) => {
  const [kind, word] = RANK[ticket.priority] || ["", "not ranked"];
  const state = ticket.state === "open" ? "" : ` · ${ticket.state === "returned" ? "back at the desk" : ticket.state}`;
  return html`<li><button type="button" class="qi ${under ? "under" : ""} ${on ? "on" : ""}" data-key=${`q-${ticket.id}`} aria-pressed=${on} onClick=${() => choose({ ticket: ticket.id })}><span class="row"><b>${ticket.id}</b>${ticket.duplicate_of ? html`<${Chip} icon="link">same as ${ticket.duplicate_of}<//>` : html`<${Chip} kind=${kind}>${word}<//>`}<span class="sp"></span><${Age} t_ms=${ticket.opened_ms} /></span>
    <span class="el2">${ticket.title}</span><span class="row q xs wrap">${ticket.kind === "request" ? "Request" : "Incident"} ${ticket.state === "closed" ? "" : html` · ${ticket.mine ? "with you" : ticket.with}${ticket.accepted ? "" : ", not accepted"}`}${state} <${Alike} count=${ticket.reports} /><${Answered} ticket=${ticket} /></span></button></li>`;
});

const rank = (ticket) => (ticket.state === "closed" ? 9 : ORDER[ticket.priority]);

// The ticket that stands for this one, whatever number of links lies between.
const mainOf = (ticket, tickets, seen = []) => {
  const next = ticket.duplicate_of && tickets.find((one) => one.id === ticket.duplicate_of);
  return !next || seen.includes(next.id) ? ticket : mainOf(next, tickets, [...seen, ticket.id]);
};

// By rank, mine first, oldest first; a ticket that is the same as another comes right below it.
export const sorted = (tickets) => {
  const main = new Map(tickets.map((one) => [one.id, mainOf(one, tickets)]));
  const order = (a, b) => rank(a) - rank(b) || Number(b.mine) - Number(a.mine) || a.opened_ms - b.opened_ms;
  return [...tickets].sort((a, b) => {
    const [first, second] = [main.get(a.id), main.get(b.id)];
    return first !== second ? order(first, second) : Number(b === first) - Number(a === first) || a.opened_ms - b.opened_ms;
  });
};

const GROUPS = [["Tickets", (ticket) => ticket.state !== "closed"], ["Closed", (ticket) => ticket.state === "closed"]];

const isUnder = (ticket, those) => Boolean(ticket.duplicate_of) && those.some((one) => one.id === ticket.duplicate_of);

// The queue from top to bottom, as what may be chosen.
const queueOf = (state) => [...((state.desk && state.desk.reports) || []).map((one) => ({ report: one.id })), ...GROUPS.flatMap(([, has]) => sorted(state.tickets).filter(has)).map((one) => ({ ticket: one.id }))];

const Queue = ({ state, chosen, choose }) => {
  const phones = (state.asked || []).filter((one) => one.kind === "phone");
  const reports = (state.desk && state.desk.reports) || [];
  const open = state.tickets.filter((ticket) => ticket.state !== "closed").length;
  const may = state.me.may.includes("log_ticket");
  return html`<${Card} name="queue" className="queue" title="Queue" note=${`${open} open${reports.length ? `, ${reports.length} new` : ""}`} grow tools=${may && html`<${Button} kind="sm" icon="plus" onClick=${() => choose({ fresh: true, to: "oneline" })}>New<//>`}>
    <div class="scroll" tabindex="0" role="region" aria-label="Reports and tickets">
      ${phones.length + reports.length > 0 && html`<h3 class="qh">In no ticket yet</h3><ul>${phones.map((phone) => html`<${Ringing} key=${phone.id} phone=${phone} />`)}${reports.map((report) => html`<${ReportItem} key=${report.id} report=${report} on=${chosen.report === report.id} choose=${choose} />`)}</ul>`}
      ${GROUPS.map(([title, has]) => [title, sorted(state.tickets).filter(has)]).map(([title, those]) => those.length > 0 && html`<h3 class="qh" key=${title}>${title}</h3><ul>${those.map((ticket) => html`<${TicketItem} key=${ticket.id} ticket=${ticket} under=${isUnder(ticket, those)} on=${chosen.ticket === ticket.id} choose=${choose} />`)}</ul>`)}
      ${!state.tickets.length && !reports.length && !phones.length && html`<${Empty}>Nothing was reported yet, and no ticket is open.<//>`}</div><//>`;
};

// What stands in the middle: a report to log, a new ticket, or a ticket.
const chosenOf = (desk, state) => {
  const reports = (state.desk && state.desk.reports) || [];
  const picked = desk || {};
  if (picked.after) {
    const made = state.tickets.find((ticket) => !picked.after.includes(ticket.id) && ticket.mine);
    if (made) return { ticket: made.id };
  }
  if (picked.fresh) return picked;
  if (picked.report && reports.some((one) => one.id === picked.report)) return picked;
  if (picked.ticket && state.tickets.some((one) => one.id === picked.ticket)) return picked;
  const [first] = sorted(state.tickets);
  return picked.report || !reports.length ? (first ? { ticket: first.id } : {}) : { report: reports[0].id };
};

// Before anything was reported: what this chair is for.
const Duty = ({ me }) => html`<div class="pad col"><p>Phones ring, mail and alerts come in on the left. Each becomes a ticket or joins one; you rank it, solve it by a known error or pass it on, and close it when the reporter says it works.</p>
  ${me.duty && html`<dl class="pv wide-dt">${[["own", "Yours"], ["may", "You may"], ["may_not", "You may not"]].map(([key, label]) => me.duty[key] && html`<dt>${label}</dt><dd>${me.duty[key]}</dd>`)}</dl>`}</div>`;

const Middle = ({ state, chosen, choose }) => {
  const ticket = state.tickets.find((one) => one.id === chosen.ticket);
  const report = ((state.desk && state.desk.reports) || []).find((one) => one.id === chosen.report);
  const logged = (known) => choose({ after: known, to: "category" });
  const twin = (known, same) => choose({ after: known, same });
  if (ticket) return html`<${TicketCard} key=${ticket.id} ticket=${ticket} state=${state} />`;
  if (report || chosen.fresh) return html`<${LogForm} key=${report ? report.id : "fresh"} report=${report} state=${state} logged=${logged} linked=${(ticket) => choose({ ticket, to: `q-${ticket}` })} twin=${twin} />`;
  return html`<${Card} name="ticket" title="Your desk" grow>${state.tickets.length ? html`<${Empty}>Choose a report or a ticket on the left.<//>` : html`<${Duty} me=${state.me} />`}<//>`;
};

// A phone that was answered is a report at once: its form opens, wherever the answer was given.
export const useAnswered = (state, open) => {
  const seen = useRef(null);
  const calls = ((state && state.desk && state.desk.reports) || []).filter((one) => one.call).map((one) => one.id);
  useEffect(() => {
    if (!state) return;
    const fresh = seen.current && calls.find((id) => !seen.current.includes(id));
    seen.current = calls;
    if (fresh && !state.read_only) open({ report: fresh, to: "oneline" });
  }, [Boolean(state), calls.join()]);
};

// Keys of a seat that has the desk, for the list of keys, and what they do (see `listenKeys`).
export const DESK_KEYS = [["R", "Answer the phone that rings"], ["N", "New ticket"], ["J", "Next in the queue"], ["K", "Previous in the queue"], ["Ctrl Enter", "Log or save the ticket, also while you write"]];
export const hasDeskKeys = (state) => Boolean(state && state.tickets && state.me.may.includes("close_ticket"));

export const deskKeys = (latest, commands, root) => {
  const free = ({ ui, state, rings }) => hasDeskKeys(state) && !state.read_only && !rings.length && !state.clock.freeze && !ui.dialog && !root.querySelector(".dialog");
  const go = (ui, desk) => { ui.set({ tab: "tickets", desk }); return true; };
  const step = (by) => () => {
    const { ui, state } = latest.current;
    if (!free(latest.current) || ui.tab !== "tickets") return false;
    const queue = queueOf(state);
    const chosen = chosenOf(ui.desk, state);
    const at = queue.findIndex((one) => one.ticket === chosen.ticket && one.report === chosen.report);
    const next = queue[at < 0 ? 0 : Math.max(0, Math.min(queue.length - 1, at + by))];
    return next ? go(ui, { ...next, to: `q-${next.ticket || next.report}` }) : true;
  };
  return {
    r: () => {
      const phone = free(latest.current) && (latest.current.state.asked || []).find((one) => one.kind === "phone" && one.actions.length);
      if (!phone) return false;
      commands.send("answer_phone", phone.actions[0].data, `phone.${phone.id}`);
      return true;
    },
    n: () => free(latest.current) && go(latest.current.ui, { fresh: true, to: "oneline" }),
    j: step(1),
    k: step(-1),
  };
};

// Where the work goes on after a step (`desk.to`) has the focus as soon as it is drawn.
const useGoTo = (box, desk, settled, choose) => {
  const to = desk && settled && desk.to;
  useEffect(() => {
    const at = to && box.current.querySelector(`[data-key="${CSS.escape(to)}"]`);
    if (!at) return;
    at.focus();
    const { to: done, ...rest } = desk;
    choose(rest);
  });
};

export const DeskView = ({ state, desk, choose, phone }) => {
  const chosen = chosenOf(desk, state);
  const { commands } = useLive();
  const box = useRef(null);
  const middle = useRef(null);
  const key = chosen.ticket || chosen.report || "";
  // What is shown first stays chosen, whatever comes in meanwhile.
  useEffect(() => { if (!desk && key) choose(chosen); }, [desk, key]);
  const pick = (what) => {
    choose(what);
    if (phone) setTimeout(() => middle.current && middle.current.scrollIntoView({ block: "start" }), 50);
  };
  const made = desk && desk.after && state.tickets.some((one) => one.id === chosen.ticket && one.mine && !desk.after.includes(one.id)) && chosen.ticket;
  useEffect(() => {
    if (made && desk.same) commands.send("link_ticket", { ticket: desk.same, duplicate: made }, `dup.${made}`);
    if (made) choose(desk.same ? { ticket: desk.same, to: `q-${desk.same}` } : { ticket: made, to: desk.to });
  }, [made]);
  useGoTo(box, desk, !(desk && desk.after), choose);
  const ticket = state.tickets.find((one) => one.id === chosen.ticket);
  const may = new Set(state.me.may);
  const open = ticket && ticket.state !== "closed";
  const asked = (state.asked || []).filter((one) => one.kind !== "phone");
  return html`<div class="view deskview" ref=${box}><${Queue} state=${state} chosen=${chosen} choose=${pick} />
    <div class="main" ref=${middle}><${Middle} state=${state} chosen=${chosen} choose=${choose} /></div>
    <div class="side scrolls" tabindex="-1">${asked.length > 0 && !phone && html`<${Waiting} asked=${asked} seats=${state.seats} />`}${open && may.has("escalate_ticket") && ticket.state === "open" && html`<${Escalate} key=${`esc.${ticket.id}`} ticket=${ticket} state=${state} />`}
      ${open && html`<${Ending} key=${`end.${ticket.id}`} ticket=${ticket} state=${state} leave=${() => choose({ ticket: ticket.id, to: `q-${ticket.id}` })} />`}
      ${open && html`<${Related} key=${`rel.${ticket.id}`} ticket=${ticket} state=${state} />`}
      <${Articles} book=${state.book} may=${may} ticket=${open ? ticket : null} /></div></div>`;
};

export const Inbox = memo(({ inbox }) => html`<${Card} name="inbox" title="Inbox" note="what came to you from outside" grow>${inbox.length
  ? html`<div class="scroll" tabindex="0" role="region" aria-label="Inbox"><ul class="sent">${[...inbox].reverse().map((one) => html`<li key=${one.n}><div class="row"><span class="m">${one.story}</span><b class="c-ex">${one.from}</b>${one.to && html`<span class="s">to ${one.to}</span>`}
      <${Chip} icon=${channelOf(one.channel)[1]}>${sentence(channelOf(one.channel)[0])}<//></div>${one.title && html`<p class="md">${one.title}</p>`}<p>${one.text}</p></li>`)}</ul></div>`
  : html`<${Empty}>Nothing has come from outside.<//>`}<//>`);
