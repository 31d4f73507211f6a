// What happens to a ticket: passed on with what was found, resolved, confirmed, the reporter asked, closed. Articles and problems beside it.
import { html, useEffect, useLive, useRef, useState, useTick } from "../h.js";
import { focused } from "../keys.js";
import { duration } from "../format.js";
import { useDraft } from "../drafts.js";
import { Act, Button, Card, Check, Chip, Dialog, Empty, Field, Refusal, Segments, Select, TextArea } from "./base.js";
import { WORLD_STATES } from "./claims.js";
import { Icon } from "./icons.js";
import { likelyOf, mainsOf, sameChoices } from "./ticketform.js";

// The next tier first, then who operates, then everybody else.
const NEXT = ["desk_2", "tech_lead", "specialist", "developer", "commander"];
const rankOf = (id) => (NEXT.includes(id) ? NEXT.indexOf(id) : NEXT.length);
const peopleOf = (state, kinds) => (state.people || []).filter((one) => kinds.includes(one.kind)).sort((a, b) => rankOf(a.id) - rankOf(b.id)).map((one) => [one.id, `${one.title}, ${one.name}`]);

// Facts that the ticket itself carries.
const factsOf = (ticket, store, state) => {
  const subject = ticket.service || state.drill.service || "service";
  return [
    ["symptom", "What is not working", { subject, property: "impact", value: ticket.title.slice(0, 200), certainty: "known" }],
    ["since", `Since when, ${store.time(ticket.reported_ms)}`, { subject, property: "since", value: store.dayTime(ticket.reported_ms), certainty: "known" }],
    ...(ticket.priority ? [["priority", `Priority, ${ticket.priority}`, { subject, property: "priority", value: ticket.priority, certainty: "known" }]] : []),
  ];
};

// What was done about a ticket: articles read while it was open here, and looks and operations since it was reported that
// touch what it names. The whole service touches everything.
const isOf = (one, ticket, level, read) => {
  if (one.kind === "article") return read.includes(one.id);
  if (one.t_ms < Math.min(ticket.reported_ms, ticket.opened_ms)) return false;
  const whole = (part) => !part || part === "all" || part === level;
  return whole(ticket.service) || whole(one.target) || one.target.split("/").includes(ticket.service);
};
const deedsOf = (ticket, state, read) => {
  const own = ((state.desk && state.desk.own) || []).filter((one) => isOf(one, ticket, state.drill.level, read));
  return own.filter((one, i) => own.findIndex((other) => other.id === one.id) === i);
};
const readOf = (drafts, ticket) => drafts.get(`read:${ticket.id}`) || [];

const Box = ({ ticket, box_min }) => {
  const { store } = useLive();
  useTick(1000);
  const used = Math.max(0, Math.floor((store.now() - ticket.held_ms) / 60000));
  return html`<span class="q ${used > box_min ? "c-deg" : ""}">${used} of ${box_min} min used</span>`;
};

// Where a ticket stands that was passed on; passing it on once more is one press away.
const Passed = ({ ticket, again }) => {
  const { store } = useLive();
  useTick(1000);
  return html`<${Card} name="escalate" title="Escalated"><div class="pad col"><p><b>${ticket.with}</b> <span class="q">${ticket.with_title.toLowerCase()}</span> has it since <span class="m">${store.time(ticket.held_ms)}</span>, ${duration(store.now() - ticket.held_ms)}.</p>
    <p class=${ticket.accepted ? "s" : "c-deg md"}>${ticket.accepted ? "Accepted." : "Not accepted yet."}</p>
    <div class="row"><${Button} kind="sm" icon="arrow" onClick=${again}>Pass it on once more<//></div></div><//>`;
};

export const Escalate = ({ ticket, state }) => {
  const { store, drafts } = useLive();
  const [again, setAgain] = useState(false);
  const own = deedsOf(ticket, state, readOf(drafts, ticket));
  const facts = factsOf(ticket, store, state);
  const start = { side: state.me.seat === "commander" ? "authority" : "specialists", to: "", text: "", left: [], own: [], hypothesis: "" };
  const [draft, setDraft, clear] = useDraft(`escalate:${ticket.id}`, start);
  const put = (name) => (value) => setDraft({ ...draft, [name]: value });
  const left = draft.left || []; // what was unticked: a fact that the ticket learns later goes along by itself
  const choices = draft.side === "authority" ? peopleOf(state, ["persona"]) : peopleOf(state, ["seat", "rota"]);
  const to = choices.some(([id]) => id === draft.to) ? draft.to : (choices[0] || [""])[0];
  const picked = own.filter((one) => draft.own.includes(one.id));
  const ids = (as) => [...new Set(picked.filter((one) => one.as === as).map((one) => one.id))];
  const claims = facts.filter(([key]) => !left.includes(key)).map(([, , claim]) => claim);
  const open = (state.hypotheses || []).filter((one) => one.state === "open");
  const data = { ticket: ticket.id, to, text: draft.text.trim(), claims, tried: ids("tried"), found: ids("found"), ...(draft.hypothesis ? { hypothesis: draft.hypothesis } : {}) };
  const count = claims.length + picked.length + (draft.text.trim() ? 1 : 0) + (draft.hypothesis ? 1 : 0);
  const flip = (key) => (on) => put("own")(on ? [...draft.own, key] : draft.own.filter((one) => one !== key));
  const desk = state.me.may.includes("close_ticket");
  if (desk && !ticket.mine && ticket.with_seat && !again) return html`<${Passed} ticket=${ticket} again=${() => setAgain(true)} />`;
  return html`<${Card} name="escalate" title="Escalate" tools=${state.desk && html`<${Box} ticket=${ticket} box_min=${state.desk.box_min} />`}><div class="pad col">
    <${Segments} label="Escalate to" value=${draft.side} set=${put("side")} choices=${[["specialists", "To specialists"], ["authority", "To authority"]]} />
    <${Field} label="To">${(id) => html`<${Select} id=${id} value=${to} set=${put("to")} choices=${choices} />`}<//>
    <fieldset class="checks"><legend>Goes along</legend>${facts.map(([key, words]) => html`<${Check} key=${key} checked=${!left.includes(key)} set=${(on) => put("left")(on ? left.filter((one) => one !== key) : [...left, key])}>${words}<//>`)}
      ${own.map((one) => html`<${Check} key=${one.id} checked=${draft.own.includes(one.id)} set=${flip(one.id)}>${one.as === "tried" ? "Tried: " : "Looked: "}${one.text}<//>`)}</fieldset>
    ${open.length > 0 && html`<${Field} label="Your first idea of the cause">${(id) => html`<${Select} id=${id} value=${draft.hypothesis} set=${put("hypothesis")} choices=${[["", "none yet"], ...open.map((one) => [one.hypothesis, one.text])]} />`}<//>`}
    <${Field} label="In your words">${(id) => html`<${TextArea} id=${id} rows=${2} value=${draft.text} set=${put("text")} placeholder="What you found and what you need" />`}<//>
    <${Act} kind="p" icon="arrow" command="escalate_ticket" data=${data} about=${`escalate.${ticket.id}`} disabled=${!to} then=${() => { clear({ ...start, own: [] }); setAgain(false); }}>Escalate with ${count} ${count === 1 ? "thing" : "things"}<//>
    <${Refusal} about=${`escalate.${ticket.id}`} /></div><//>`;
};

const Said = ({ name, label, command, data, icon, kind = "", children, optional }) => {
  const [text, setText, clear] = useDraft(name, "");
  return html`<div class="said"><${Field} label=${label}>${(id) => html`<${TextArea} id=${id} rows=${2} value=${text} set=${setText} />`}<//>
    <div class="row wrap"><${Act} kind=${`sm ${kind}`} icon=${icon} command=${command} data=${{ ...data, text: text.trim() }} about=${name} disabled=${!optional && !text.trim()} then=${() => clear("")}>${children}<//></div><${Refusal} about=${name} /></div>`;
};

const Step = ({ done, now, bad, title, note, children }) => html`<li class="stp ${bad ? "bad" : done ? "done" : ""} ${now ? "now" : ""}"><span class="mark">${bad ? html`<${Icon} name="x" size=${14} /><span class="vh">not back</span>` : done ? html`<${Icon} name="check" size=${14} /><span class="vh">done</span>` : html`<${Icon} name=${now ? "arrow" : "clock"} size=${14} />`}</span>
  <div class="fill"><div class="row wrap tight"><b>${title}</b>${note && html`<span class="q">${note}</span>`}</div>${children}</div></li>`;

// What customers see, as an instrument shows it at the look.
const UserSide = ({ ticket, state, looked }) => {
  const served = (state.numbers || []).find((item) => item.id === "served");
  const target = ticket.service || state.drill.level || "all";
  return html`<div class="row wrap"><${Act} kind="sm" icon="eye" command="take_look" data=${{ target, signal: "user_side" }} about=${`look.${ticket.id}`} then=${looked}>Look as a customer<//></div><${Refusal} about=${`look.${ticket.id}`} />
    ${served && html`<p class="s">${served.label}: <b>${served.value}</b>, ${served.note}.</p>`}`;
};

const Confirm = ({ ticket }) => {
  const [value, setValue, clear] = useDraft(`confirm:${ticket.id}`, "up");
  return html`<div class="row wrap bottom"><${Field} label="The service is">${(id) => html`<${Select} id=${id} value=${value} set=${setValue} choices=${WORLD_STATES} />`}<//>
    <${Act} kind="sm" command="confirm_service" data=${{ ticket: ticket.id, state: value }} about=${`confirm.${ticket.id}`} then=${() => clear("up")}>Confirm<//></div><${Refusal} about=${`confirm.${ticket.id}`} />`;
};

const Asked = ({ ticket }) => {
  const { store } = useLive();
  useTick(1000);
  if (ticket.satisfied !== null) return html`<p class=${ticket.satisfied ? "c-up md" : "c-down md"}>${ticket.satisfied ? "They say it works." : "They say it does not work."}</p>`;
  return ticket.asked_ms !== null ? html`<p class="s">Asked ${duration(store.now() - ticket.asked_ms)} ago, no answer yet.</p>` : null;
};

// The service is not back, or the reporter says so: to whoever thought it was, with what was seen.
const GiveBack = ({ ticket, state, leave }) => {
  const { store } = useLive();
  const choices = peopleOf(state, ["seat", "rota"]).filter(([id]) => id !== state.me.seat);
  const first = [ticket.resolved_by, ticket.passed_to].find((id) => choices.some(([one]) => one === id)) || (choices[0] || [""])[0];
  const [draft, setDraft, clear] = useDraft(`back:${ticket.id}`, { to: "", text: "" });
  const to = choices.some(([id]) => id === draft.to) ? draft.to : first;
  const subject = ticket.service || state.drill.service || "service";
  const bad = ticket.confirmed && ticket.confirmed !== "up";
  const claims = bad ? [{ subject, property: "state", value: ticket.confirmed, certainty: "known" }] : [];
  const about = `back.${ticket.id}`;
  return html`<div class="said"><${Field} label="Return it to" help=${ticket.resolved_name ? `${ticket.resolved_name} resolved it.` : ""}>${(id) => html`<${Select} id=${id} value=${to} set=${(value) => setDraft({ ...draft, to: value })} choices=${choices} />`}<//>
    <${Field} label="What you still see">${(id) => html`<${TextArea} id=${id} rows=${2} value=${draft.text} set=${(text) => setDraft({ ...draft, text })} placeholder=${`Looked at ${store.time(store.now())}: orders still fail`} />`}<//>
    <div class="row wrap"><${Act} kind="sm p" icon="arrow" command="escalate_ticket" data=${{ ticket: ticket.id, to, text: draft.text.trim(), claims }} about=${about} disabled=${!to} then=${() => { clear(); leave(); }}>Return it<//></div><${Refusal} about=${about} /></div>`;
};

// What the desk's own rule asks for before a ticket is closed, as far as it is not done.
const lacksOf = (ticket, resolved) => [
  resolved ? "" : "it is not resolved",
  ticket.confirmed === "up" ? "" : ticket.confirmed ? `the service is ${ticket.confirmed}` : "the service was not confirmed",
  ticket.satisfied === true ? "" : ticket.satisfied === false ? "the reporter says that it does not work" : ticket.asked_ms === null ? "the reporter was not asked" : "the reporter has not answered",
].filter(Boolean);

// Closing cannot be taken back: what is missing is said first, and the desk may still do it.
const Close = ({ ticket, lacks, leave }) => {
  const [asking, setAsking] = useState(false);
  const about = `close.${ticket.id}`;
  const close = (kind, words) => html`<${Act} kind=${kind} icon="lock" command="close_ticket" data=${{ ticket: ticket.id }} about=${about} then=${leave}>${words}<//>`;
  if (!lacks.length) return html`<div class="row wrap">${close("sm p", "Close ticket")}</div><${Refusal} about=${about} />`;
  return html`<div class="row wrap"><${Button} kind="sm" icon="lock" onClick=${() => setAsking(true)}>Close ticket<//></div><p class="help">Before closing: resolved, service confirmed, reporter asked.</p>
    ${asking ? html`<${Dialog} title=${`Close ${ticket.id}?`} close=${() => setAsking(false)}><p class="gapped"><b>Not done yet:</b> ${lacks.join("; ")}.</p><p class="s gapped">A closed ticket takes no more changes. If it does not work, the reporter comes back.</p><${Refusal} about=${about} />
      <div class="row end"><${Button} data-first onClick=${() => setAsking(false)}>Keep it open<//>${close("danger", "Close all the same")}</div><//>` : html`<${Refusal} about=${about} />`}`;
};

// After a step the focus goes to the first control of the next one, unless it was moved elsewhere meanwhile.
const useNextStep = (now) => {
  const box = useRef(null);
  const left = useRef(null);
  useEffect(() => {
    if (left.current === null || left.current === now || !box.current) return;
    const at = focused();
    if (at && !box.current.contains(at)) { left.current = null; return; }
    const next = box.current.querySelector(".stp.now :is(button, textarea, select):not([disabled])");
    if (!next) return;
    left.current = null;
    next.focus();
  });
  return [box, () => { left.current = now; }];
};

const nowOf = (ticket, resolved, looked) => {
  if (!resolved) return "resolved";
  if (ticket.satisfied === false) return "asked";
  if (!ticket.confirmed) return looked ? "confirmed" : "looked";
  return ticket.confirmed !== "up" ? "back" : ticket.satisfied ? "closed" : "asked";
};

// The way to the end: resolved, looked at and confirmed, the reporter asked, closed by the desk.
export const Ending = ({ ticket, state, leave }) => {
  const [looked, setLooked] = useState(false);
  const may = new Set(state.me.may);
  const resolved = ["resolved", "returned"].includes(ticket.state);
  const desk = may.has("close_ticket");
  const now = nowOf(ticket, resolved, looked);
  const [box, stepped] = useNextStep(now);
  return html`<${Card} name="ending" title="To the end"><ul class="stps" ref=${box} onClick=${stepped}>
    <${Step} done=${resolved} now=${!resolved} title="Resolved" note=${resolved ? "" : "by whoever mended it"}>${!resolved && may.has("resolve_ticket") && html`<${Said} name=${`resolve.${ticket.id}`} label="What mended it" command="resolve_ticket" data=${{ ticket: ticket.id }} icon="check">Resolve<//>`}<//>
    ${!desk && may.has("return_ticket") && html`<${Step} done=${ticket.state === "returned"} now=${ticket.state === "resolved"} title="Back to the service desk">${ticket.state === "resolved" && html`<${Said} name=${`return.${ticket.id}`} label="What they should tell the reporter" command="return_ticket" data=${{ ticket: ticket.id }} icon="hand" optional>Return to the desk<//>`}<//>`}
    ${desk && html`<${DeskSteps} ticket=${ticket} state=${state} resolved=${resolved} now=${now} looked=${looked} look=${() => setLooked(true)} leave=${() => { setLooked(false); leave(); }} />`}</ul><//>`;
};

const DeskSteps = ({ ticket, state, resolved, now, looked, look, leave }) => {
  const { confirmed, satisfied } = ticket;
  const back = html`<${GiveBack} ticket=${ticket} state=${state} leave=${leave} />`;
  const bad = Boolean(confirmed) && confirmed !== "up";
  const title = ticket.reporter !== "monitor" ? `${ticket.reporter_name} asked` : "Owner asked";
  return html`<${Step} done=${looked || Boolean(confirmed)} now=${now === "looked"} title="Seen from outside">${confirmed !== "up" && html`<${UserSide} ticket=${ticket} state=${state} looked=${look} />`}<//>
    <${Step} done=${confirmed === "up"} bad=${bad} now=${now === "confirmed" || now === "back"} title=${bad ? "Not back: return it" : "Service confirmed"} note=${confirmed}>${bad && resolved && back}${confirmed !== "up" && html`<${Confirm} ticket=${ticket} />`}<//>
    <${Step} done=${satisfied === true} bad=${satisfied === false} now=${now === "asked"} title=${title}><${Asked} ticket=${ticket} />${satisfied === false && resolved && !bad && back}
      ${satisfied !== true && state.me.may.includes("ask_reporter") && html`<div class="row wrap"><${Act} kind="sm" icon="chat" command="ask_reporter" data=${{ ticket: ticket.id }} about=${`ask.${ticket.id}`}>${ticket.asked_ms === null ? "Ask the reporter" : "Ask again"}<//></div>`}<${Refusal} about=${`ask.${ticket.id}`} /><//>
    <${Step} now=${now === "closed"} title="Closed" note="only the service desk"><${Close} ticket=${ticket} lacks=${lacksOf(ticket, resolved)} leave=${leave} /><//>`;
};

// This ticket and another are one trouble: the other one stands for both.
export const Duplicate = ({ ticket, tickets }) => {
  const others = mainsOf(tickets, ticket.service, ticket.id);
  const [other, setOther] = useState(null);
  const chosen = other === null ? likelyOf(others, ticket.service) : other;
  if (!others.length || ticket.duplicate_of) return null;
  return html`<div class="row wrap bottom"><${Field} label="The same trouble as" className="fill">${(id) => html`<${Select} id=${id} value=${chosen} set=${setOther} choices=${sameChoices(others)} />`}<//>
    <${Act} icon="link" command="link_ticket" data=${{ ticket: chosen, duplicate: ticket.id }} about=${`dup.${ticket.id}`} disabled=${!chosen}>Link<//><${Refusal} about=${`dup.${ticket.id}`} /></div>`;
};

const Problem = ({ ticket, state }) => {
  const known = (state.problems || []).filter((one) => one.ticket === ticket.id);
  const [adding, setAdding] = useState(false);
  return html`${known.map((one) => html`<p key=${one.id} class="sm"><b>${one.id}</b> ${one.text} <span class="q">${one.by} ${one.story}</span></p>`)}
    ${adding ? html`<${Said} name=${`problem.${ticket.id}`} label="The cause behind it, as far as it is known" command="raise_problem" data=${{ ticket: ticket.id, ...(ticket.category ? { category: ticket.category } : {}) }} icon="flag">Open the problem record<//>`
      : html`<div><${Button} kind="sm" icon="flag" onClick=${() => setAdding(true)}>Problem record<//></div>`}`;
};

export const Related = ({ ticket, state }) => {
  const may = new Set(state.me.may);
  if (!may.has("link_ticket") && !may.has("raise_problem")) return null;
  return html`<${Card} name="related" title="Linked"><div class="pad col">${may.has("link_ticket") && ticket.state !== "closed" && html`<${Duplicate} ticket=${ticket} tickets=${state.tickets} />`}${may.has("raise_problem") && html`<${Problem} ticket=${ticket} state=${state} />`}</div><//>`;
};

// Articles of the knowledge base; reading one is part of the record.
export const Articles = ({ book, may, ticket }) => {
  const { commands, drafts } = useLive();
  const [open, setOpen] = useState(null);
  const articles = (book && book.articles) || [];
  const show = (id) => {
    setOpen(open === id ? null : id);
    if (open !== id && ticket) drafts.set(`read:${ticket.id}`, [...new Set([...readOf(drafts, ticket), id])]);
    if (open !== id && may.has("open_article")) commands.send("open_article", { article: id }, `article.${id}`);
  };
  return html`<${Card} name="articles" title="Known errors" note=${`${articles.length}`}>${articles.length ? html`<ul class="articles">${articles.map((one) => html`<li key=${one.id}><button type="button" class="op ${open === one.id ? "on" : ""}" aria-expanded=${open === one.id} onClick=${() => show(one.id)}><${Icon} name="book" /><b class="grow">${one.title}</b></button>
    ${open === one.id && html`<p class="pad">${one.text}</p>`}</li>`)}</ul>` : html`<${Empty}>The knowledge base is empty.<//>`}<//>`;
};
export const Alike = ({ count }) => (count > 1 ? html`<${Chip} icon="link">${count} reports<//>` : null);
