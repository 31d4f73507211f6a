// Papers: tickets, what came from outside, runbooks.
import { html, memo, useLive } from "../h.js";
import { Act, Card, Chip, Empty, Refusal } from "./base.js";

const CLOSED = new Set(["closed", "resolved"]);
const actsOf = (ticket, may) => [
  ["resolve_ticket", "Resolve", !CLOSED.has(ticket.state)],
  ["return_ticket", "Return", !CLOSED.has(ticket.state)],
  ["ask_reporter", "Ask the reporter", ticket.state === "resolved"],
  ["close_ticket", "Close", ticket.state === "resolved"],
].filter(([command, , fits]) => fits && may.has(command));

const Ticket = ({ ticket, may }) => {
  const { store } = useLive();
  const about = `ticket.${ticket.id}`;
  return html`<tr><th scope="row" class="m nw">${ticket.id}</th><td>${ticket.title}<${Refusal} about=${about} /></td><td>${ticket.priority || "not ranked"}</td><td><${Chip}>${ticket.state}<//></td>
    <td>${ticket.with || "nobody"}</td><td class="m">${store.time(ticket.opened_ms)}</td>
    <td class="r nw">${actsOf(ticket, may).map(([command, label]) => html`<${Act} kind="xs" command=${command} data=${{ ticket: ticket.id }} about=${about}>${label}<//> `)}</td></tr>`;
};

const HEADS = ["Ticket", "What", "Priority", "State", "With", "Opened"];

export const Tickets = memo(({ tickets, me }) => {
  const may = new Set(me.may);
  return html`<${Card} name="tickets" title="Tickets" note=${`${tickets.length}`} grow>${tickets.length
    ? html`<div class="scroll" tabindex="0" role="region" aria-label="Tickets"><table class="tbl ind"><thead><tr>${HEADS.map((head) => html`<th scope="col">${head}</th>`)}<th><span class="vh">Acts</span></th></tr></thead>
      <tbody>${tickets.map((ticket) => html`<${Ticket} key=${ticket.id} ticket=${ticket} may=${may} />`)}</tbody></table></div>`
    : html`<${Empty}>No ticket yet.<//>`}<//>`;
});

const CHANNEL = { P: "Phone", E: "Mail", X: "Text", C: "Chat", T: "Ticket form", M: "Press", A: "Alert" };

export const Inbox = memo(({ inbox }) => html`<${Card} name="inbox" title="Inbox" note="what came to you from outside" grow>${inbox.length
  ? html`<div class="scroll" tabindex="0" role="region" aria-label="Inbox"><ul class="sent">${[...inbox].reverse().map((one) => html`<li key=${one.n}><div class="row"><span class="m">${one.story}</span><b class="c-ex">${one.from}</b>
      <${Chip}>${CHANNEL[one.channel] || one.channel}<//></div>${one.title && html`<p class="md">${one.title}</p>`}<p>${one.text}</p></li>`)}</ul></div>`
  : html`<${Empty}>Nothing has come from outside.<//>`}<//>`);

export const Runbooks = memo(({ runbooks }) => html`<${Card} name="runbooks" title="Runbooks" grow>${runbooks.length
  ? html`<div class="scroll doc" tabindex="0" role="region" aria-label="Runbooks">${runbooks.map((book) => html`<section class="docsec" key=${book.id} aria-label=${book.title}><h3>${book.title}</h3><ol class="steps">${book.steps.map((step) => html`<li>${step}</li>`)}</ol></section>`)}</div>`
  : html`<${Empty}>This drill has no runbook.<//>`}<//>`);
