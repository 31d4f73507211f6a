// The whole element: tabs, strip, bar, the view chosen, the bar at the foot, what floats.
import { sentence } from "../format.js";
import { Fragment, Live, html, useEffect, useMemo, useRef, useState } from "../h.js";
import { focused, listenKeys } from "../keys.js";
import { AsOf, Bar, ClockControls, Exercise, Halted } from "../parts/bar.js";
import { Button, Chip, Kbd } from "../parts/base.js";
import { Composer } from "../parts/channel.js";
import { CallStrips } from "../parts/calls.js";
import { Changes } from "../parts/changes.js";
import { DESK_KEYS, DeskView, Inbox, deskKeys, hasDeskKeys, useAnswered } from "../parts/desk.js";
import { DutyDialog, FormDialog, HelpDialog } from "../parts/dialogs.js";
import { DocumentView, subjectOf } from "../parts/document.js";
import { FORMS, mayForms } from "../parts/forms.js";
import { FreezeOverlay } from "../parts/freeze.js";
import { HandoffView } from "../parts/handoff.js";
import { Icon } from "../parts/icons.js";
import { NoteLine } from "../parts/notes.js";
import { Jobs, OperationsView } from "../parts/operations.js";
import { PageOverlay, ringing } from "../parts/page.js";
import { RetroView } from "../parts/retro.js";
import { Runbooks } from "../parts/runbooks.js";
import { Toasts } from "../parts/toasts.js";
import { ToNote } from "../parts/tonote.js";
import { UpdatesView } from "../parts/updates.js";
import { ControlRoom } from "./control.js";
import { CommanderConsole, LogsView, PhoneBridge, PhoneNow, PhoneSites, TechLeadConsole } from "./console.js";
import { SHOP_TABS, Shop, shopCount } from "./shop.js";
import { Projector } from "./projector.js";

const SUMMARY_MS = 10000;
const isTech = (state, view) => (view === "tech_lead" || view === "commander" ? view === "tech_lead" : ["tech_lead", "specialist", "developer"].includes(state.me.seat));

const isDesk = (state) => Boolean(state.tickets) && state.me.may.includes("close_ticket");

// The tabs a view has something to show in; whose work is tickets finds them first.
const tabsOf = (state) => (state.shop ? SHOP_TABS.slice(0, 1) : [
  ["tickets", "Tickets", "ticket", isDesk(state)],
  ["console", "Console", "grid", true],
  ["logs", state.me.logs ? "Logs and changes" : "Changes", "search", state.changes || state.hypotheses],
  ["operations", "Operations", "wrench", state.operations],
  ["document", "Document", "doc", state.document || state.me.may.includes("open_document")],
  ["updates", "Updates", "mail", state.updates],
  ["tickets", "Tickets", "ticket", state.tickets && !isDesk(state)],
  ["inbox", "Inbox", "mail", state.inbox && state.inbox.length],
  ["runbooks", "Runbooks", "book", state.runbooks && state.runbooks.length],
  ["handoff", "Handoff", "hand", state.handoff],
  ["retro", "Retrospective", "users", state.retro],
].filter(([, , , has]) => has));

const phoneTabs = (state) => (state.shop ? SHOP_TABS : [["console", "Now", "grid"], isDesk(state) ? ["tickets", "Tickets", "ticket"] : ["sites", "Sites", "server"], ["bridge", "Bridge", "chat"], ["act", state.notes ? "More" : "Act", state.notes ? "plus" : "bolt"]]);
const TALKING = new Set(["console", "document", "bridge"]); // the views in which the bridge is seen
const ONLY_PHONE = new Set(["sites", "bridge", "act", "report", "words"]);

const newOf = (state) => (state.desk ? state.desk.reports.length : 0) + (state.asked || []).filter((one) => one.kind === "phone").length;
const countOf = (id, state, unread) => (id === "console" ? unread : id === "inbox" ? (state.mail || []).length : id === "tickets" ? (isDesk(state) && newOf(state)) || state.tickets.filter((ticket) => ticket.state !== "closed").length : 0);
const homeOf = (state) => (state && isDesk(state) ? "tickets" : "console");

const Nav = ({ state, ui, options, unread }) => html`<header class="nav">${options.home !== false && html`<a class="logo" href=${options.home || "/"}><b aria-hidden="true"></b>Stormdrill</a>`}
  <nav aria-label="Views" class="tabs">${tabsOf(state).map(([id, title, icon]) => html`<button key=${id} type="button" class="tab ${ui.tab === id ? "on" : ""}" aria-current=${ui.tab === id ? "page" : undefined} onClick=${() => ui.set({ tab: id })}>
    <${Icon} name=${icon} size=${15} />${title}${countOf(id, state, unread) > 0 && html`<span class="cnt">${countOf(id, state, unread)}</span>`}</button>`)}</nav>
  <span class="sp"></span><span class="phonetitle">${(tabsOf(state).find(([id]) => id === ui.tab) || phoneTabs(state).find(([id]) => id === ui.tab) || [0, "Console"])[1]}</span>
  <button type="button" class="tab" aria-label="Help, keys and pager" title="Help, keys and pager" onClick=${() => ui.set({ dialog: "help" })}><${Icon} name="more" /></button></header>`;

const FIRST = ["open_incident", "assign_task", "start_call", "page_someone", "record_decision"];
const footForms = (state) => {
  const all = mayForms(state, Object.keys(FORMS)).filter((name) => name !== "open_incident" || !isOpened(state));
  const led = state.incident && state.incident.command_since_ms !== null;
  const first = [...(led ? [] : ["assume_role"]), ...FIRST].filter((name) => all.includes(name)).slice(0, 4);
  return [first, all.filter((name) => !first.includes(name))];
};
// An incident is opened once; after that its parts change one by one.
const isOpened = (state) => Boolean(state.document && state.document.opened_ms !== null && state.timer);

// The rarer forms, folded away; Escape and a choice close it.
const More = ({ names, ui }) => {
  const [open, setOpen] = useState(false);
  const box = useRef(null);
  useEffect(() => {
    if (!open) return undefined;
    const away = (event) => { if (!event.composedPath().includes(box.current)) setOpen(false); };
    addEventListener("pointerdown", away);
    return () => removeEventListener("pointerdown", away);
  }, [open]);
  const onKeyDown = (event) => { if (event.key === "Escape" && open) { event.stopPropagation(); setOpen(false); box.current.querySelector("button").focus(); } };
  if (!names.length) return null;
  return html`<div class="more" ref=${box} onKeyDown=${onKeyDown}><${Button} icon="plus" aria-expanded=${open} onClick=${() => setOpen(!open)}>More<//>
    ${open && html`<ul class="morelist">${names.map((name) => html`<li key=${name}><button type="button" class="op" onClick=${() => { setOpen(false); ui.set({ dialog: name, dialogData: null }); }}><${Icon} name=${FORMS[name].icon} />${FORMS[name].short}</button></li>`)}</ul>`}</div>`;
};

const Foot = ({ state, ui, options }) => {
  const [forms, rest] = footForms(state);
  const may = new Set(state.me.may);
  if (state.notes && may.has("note_observation")) return ui.tab === "console" ? null : html`<footer class="do"><${NoteLine} tags=${state.note_tags} slim /></footer>`;
  if (state.shop) return null;
  return html`<footer class="do">
    ${options.tech && state.operations && html`<${Button} kind="p" icon="wrench" aria-expanded=${ui.tab === "console" && ui.panel} onClick=${ui.operations}>Operations <${Kbd}>O<//><//>`}
    ${may.has("send_update") && state.updates && html`<${Button} kind=${options.tech || isDesk(state) ? "" : "p"} icon="mail" onClick=${() => ui.set({ tab: "updates" })}>Send update<//>`}
    ${forms.map((name) => html`<${Button} key=${name} icon=${FORMS[name].icon} onClick=${() => ui.set({ dialog: name, dialogData: null })}>${FORMS[name].short}<//>`)}<${More} names=${rest} ui=${ui} />
    ${may.has("send_message") && html`<${Composer} />`}</footer>`;
};

const PhoneGroup = ({ title, children }) => html`<section class="card" aria-label=${title}><div class="hd"><h2>${title}</h2></div><ul class="actlist">${children}</ul></section>`;

// First what can be done, the likeliest before the rest; then what can be read, then the clock and help.
const PhoneAct = ({ state, ui }) => {
  const [first, rest] = footForms(state);
  const operations = tabsOf(state).find(([id]) => id === "operations");
  const toRead = tabsOf(state).filter(([id]) => id !== "console" && id !== "operations");
  const go = (tab) => () => ui.set({ tab });
  return html`<div class="view acts">
    ${first.length + rest.length > 0 && html`<${PhoneGroup} title="Do">${[...first, ...rest].map((name) => html`<li key=${name}><${Button} icon=${FORMS[name].icon} onClick=${() => ui.set({ dialog: name, dialogData: null })}>${FORMS[name].short}<//></li>`)}
      ${operations && html`<li><${Button} icon=${operations[2]} onClick=${go("operations")}>${operations[1]}<//></li>`}<//>`}
    <${PhoneGroup} title=${state.notes ? "More to see" : "Read and write"}>${toRead.map(([id, title, icon]) => html`<li key=${id}><${Button} icon=${icon} onClick=${go(id)}>${title}${countOf(id, state, 0) > 0 && html`<span class="cnt">${countOf(id, state, 0)}</span>`}<//></li>`)}<//>
    ${(state.clock.may || []).length > 0 && html`<section class="card" aria-label="Clock"><div class="hd"><h2>Clock</h2></div><div class="actclock"><${ClockControls} clock=${state.clock} calling=${(state.pages || []).length > 0} words /></div></section>`}
    <${PhoneGroup} title="Help"><li><${Button} icon="more" onClick=${() => ui.set({ dialog: "help" })}>Hint, pager, stop<//></li><li><${Button} icon="users" onClick=${() => ui.set({ dialog: "duty" })}>My role<//></li><//></div>`;
};

const PhoneTabs = ({ state, ui, unread }) => html`<nav class="tabs4" style=${`--n:${phoneTabs(state).length}`} aria-label="Main views">${phoneTabs(state).map(([id, title, icon]) => {
  const count = state.shop ? shopCount(id, state) : id === "console" ? (state.asked || []).filter((one) => !one.soft).length : id === "tickets" ? newOf(state) : id === "bridge" ? unread : 0;
  const on = ui.tab === id || (id === "act" && !phoneTabs(state).some(([one]) => one === ui.tab));
  return html`<button key=${id} type="button" class=${on ? "on" : ""} aria-current=${on ? "page" : undefined} onClick=${() => ui.set({ tab: id })}><${Icon} name=${icon} size=${20} />${title}${count > 0 && html`<span class="cnt">${count}</span>`}</button>`;
})}</nav>`;

const Ended = ({ state, store }) => html`<section class="card ended" role="status" aria-label="The drill has ended"><div><h1>The drill has ended</h1>
  <p>${store.both(state.clock.t_ms)}. ${state.drill.end_reason ? `${sentence(state.drill.end_reason)}. ` : ""}The record is sealed; you may look at all of it now.</p></div>
  ${state.drill.scorecard_url ? html`<a class="btn p lg" href=${state.drill.scorecard_url}>Open the scorecard</a>` : html`<${Chip} icon="clock">The scorecard is being written<//>`}</section>`;

// What the screen says to those who do not see it: at most every 10 s, and only when it has changed.
const Spoken = ({ state, store }) => {
  const [text, setText] = useState("");
  const latest = useRef(state);
  latest.current = state;
  useEffect(() => {
    const tell = () => {
      const now = latest.current;
      const waits = now.asked && now.asked.length ? ` ${now.asked.length} waiting for you.` : "";
      if (now.shop) { setText(`${now.shop.service}: ${now.shop.now.word}. ${now.shop.now.text}${waits}`); return; }
      const down = (now.sites || []).filter((site) => site.state !== "up").map((site) => `${site.title} ${site.word}`).join(", ");
      const served = (now.numbers || []).find((item) => item.id === "served");
      setText(`${down || "All sites up"}.${served ? ` Users served ${served.value}.` : ""}${waits}`);
    };
    tell();
    const timer = setInterval(tell, SUMMARY_MS);
    return () => clearInterval(timer);
  }, [store]);
  return html`<div class="vh" aria-live="polite">${text}</div>`;
};

const stampOf = (state) => `${(state.sites || []).map((site) => site.state).join()}|${(state.running || []).map((job) => job.state).join()}|${state.incident ? state.incident.commander : ""}|${Math.floor(state.clock.t_ms / 300000)}`;

const Body = ({ state, ui, options, theme, link, doing }) => {
  const subject = subjectOf(state);
  if (state.shop) return html`<${Shop} state=${state} ui=${ui} />`;
  if (ui.tab === "logs") return html`<${LogsView} state=${state} ui=${ui} link=${link.state} doing=${doing} />`;
  if (ui.tab === "operations" && state.notes) return html`<div class="view two"><${Jobs} running=${state.running || []} me=${state.me} grow />${state.changes && html`<${Changes} changes=${state.changes} grow />`}</div>`;
  if (ui.tab === "operations" && state.operations) return html`<${OperationsView} operations=${state.operations} running=${state.running || []} me=${state.me} chosen=${ui.operation} choose=${doing.operation} rev=${doing.stamp} phone=${ui.phone} given=${ui.given} />`;
  if (ui.tab === "document") return html`<div class="view two wide-left"><div class="main"><${DocumentView} doc=${state.document} me=${state.me} subject=${subject} steps=${state.to_note} /></div><div class="side"><${ToNote} steps=${state.to_note || []} doc=${state.document} may=${state.me.may.includes("edit_document")} />${options.talk(state)}</div></div>`;
  if (ui.tab === "updates" && state.updates) return html`<${UpdatesView} updates=${state.updates} me=${state.me} subject=${subject} watches=${Boolean(state.notes)} />`;
  if (ui.tab === "tickets" && state.tickets) return html`<${DeskView} state=${state} desk=${ui.desk} choose=${doing.chooseTicket} phone=${ui.phone} />`;
  if (ui.tab === "inbox" && state.inbox) return html`<div class="view"><${Inbox} inbox=${state.inbox} /></div>`;
  if (ui.tab === "runbooks" && state.runbooks) return html`<${Runbooks} runbooks=${state.runbooks} me=${state.me} after=${Boolean(state.retro)} />`;
  if (ui.tab === "handoff" && state.handoff) return html`<${HandoffView} handoff=${state.handoff} state=${state} subject=${subject} />`;
  if (ui.tab === "retro" && state.retro) return html`<${RetroView} retro=${state.retro} state=${state} />`;
  if (ui.phone && ui.tab === "sites") return html`<${PhoneSites} state=${state} theme=${theme} />`;
  if (ui.phone && ui.tab === "bridge") return html`<${PhoneBridge} state=${state} />`;
  if (ui.phone && ui.tab === "act") return html`<${PhoneAct} state=${state} ui=${ui} />`;
  if (ui.phone) return html`<${PhoneNow} state=${state} />`;
  return options.tech ? html`<${TechLeadConsole} state=${state} ui=${ui} theme=${theme} link=${link.state} doing=${doing} />` : html`<${CommanderConsole} state=${state} theme=${theme} low=${ui.low} />`;
};

const START = { tab: null, panel: false, dialog: null, dialogData: null, desk: null, chosen: null, operation: null, given: null, minutes: 60, logs: { site: "", service: "", text: "", level: "warn", minutes: 10 } };

const useUi = (drafts) => {
  const [value, setValue] = useState(() => ({ ...START, ...(drafts.get("ui") || {}), dialog: null }));
  const set = useMemo(() => (part) => setValue((old) => {
    const next = { ...old, ...(typeof part === "function" ? part(old) : part) };
    drafts.set("ui", { tab: next.tab, panel: next.panel, minutes: next.minutes, desk: next.desk });
    return next;
  }), [drafts]);
  return { ...value, set };
};

// Stable functions for the parts, so that they draw only when their data change.
const useDoing = (ui, looks) => useMemo(() => ({
  choose: (site, service) => {
    ui.set((old) => ({ chosen: { site, service }, logs: { ...old.logs, site, service } }));
    looks.take(site, service);
  },
  setMinutes: (minutes) => ui.set({ minutes }),
  setLogs: (part) => ui.set((old) => ({ logs: { ...old.logs, ...part } })),
  chooseTicket: (desk) => ui.set({ desk }),
  operation: (operation) => ui.set({ operation, given: null }),
  closePanel: () => ui.set({ panel: false }),
}), [looks]);

// After the end one may look at everything and do nothing.
const ofEnded = (state) => (state && state.drill.state === "ended" ? { ...state, me: { ...state.me, may: [] }, asked: null, pages: [], calls: [], desk: null, clock: { ...state.clock, may: [], freeze: null } } : state);

// Who looks over a shoulder sees what waits there, and presses nothing.
const ofWatched = (state) => (state && state.read_only ? { ...state, asked: (state.asked || []).map((one) => ({ ...one, actions: [] })), pages: [], calls: [], clock: { ...state.clock, may: [], freeze: null } } : state);

const Watching = ({ state, rings }) => html`<footer class="watching"><${Icon} name="eye" /><b>You look over the shoulder of ${state.me.name}, ${state.me.title.toLowerCase()}.</b><span>Nothing can be pressed here.${rings ? " Their pager rings." : ""}</span><span class="sp"></span><a class="btn sm" href=${`/console?d=${encodeURIComponent(state.drill.id)}`}>To the control room</a></footer>`;

const useUnread = (channel, here) => {
  const seen = useRef(null);
  if ((here || seen.current === null) && channel && channel.length) seen.current = channel[channel.length - 1].n;
  return (channel || []).filter((line) => seen.current !== null && line.n > seen.current && !line.mine).length;
};

// Messages from outside that were not read in this browser: their tab counts them, and the newest ones wait in sight.
const useMail = (drafts, state, isOpen) => {
  const inbox = (state && state.inbox) || [];
  const newest = inbox.length ? inbox[inbox.length - 1].n : 0;
  const [seen, setSeen] = useState(() => drafts.get("mail") || 0);
  const read = useMemo(() => (n) => { drafts.set("mail", n); setSeen(n); }, [drafts]);
  useEffect(() => { if (isOpen && newest > seen) read(newest); }, [isOpen, newest]);
  return { unread: inbox.filter((one) => one.n > seen && !one.to), read };
};

// What lies under a page is inert and loses the focus: remember it before the drawing, give it back after the last page.
const useFocusBack = (rings) => {
  const before = useRef(null);
  if (rings && !before.current) before.current = { at: focused() };
  useEffect(() => {
    if (rings || !before.current) return;
    const { at } = before.current;
    before.current = null;
    if (at && at.isConnected) at.focus();
  }, [rings]);
};

export const App = ({ live, root, theme, phone, low, options }) => {
  const { store, commands, drafts, looks, pager } = live;
  const [, redraw] = useState(0);
  useEffect(() => store.subscribe(() => redraw((n) => n + 1)), [store]);
  const value = useUi(drafts);
  const { link } = store;
  const told = useMemo(() => ofWatched(ofEnded(store.state)), [store.state]);
  const tab = value.tab || (phone ? "console" : homeOf(told));
  const mail = useMail(drafts, told, tab === "inbox");
  const state = useMemo(() => told && { ...told, mail: told.drill.state === "ended" ? [] : mail.unread }, [told, mail.unread.length]);
  const ui = { ...value, phone, low, tab: !phone && ONLY_PHONE.has(tab) ? "console" : tab };
  const freeze = state && state.clock.freeze;
  const ended = Boolean(state) && state.drill.state === "ended";
  const doing = useDoing(ui, looks);
  const stamp = state ? stampOf(state) : "";
  const actions = useMemo(() => ({ ...doing, stamp }), [doing, stamp]);
  const rings = ringing(state);
  const unread = useUnread(state && state.channel, TALKING.has(ui.tab) && (ui.tab === "bridge" || !phone));
  const tech = state && state.me ? isTech(state, options.view) : false;
  ui.operations = () => ui.set(phone || !tech || ui.tab === "operations" ? { tab: "operations" } : { tab: "console", panel: !(ui.panel && ui.tab === "console") });
  useAnswered(state, (desk) => ui.set({ tab: "tickets", desk }));
  useFocusBack(rings.length > 0 || Boolean(freeze));
  const latest = useRef({});
  latest.current = { rings, ui, state, tech };
  useEffect(() => listenKeys(root, keysOf(latest, commands, root)), [root]);
  useEffect(() => pager.ring(rings), [rings.map((page) => page.id).join()]);
  const open = (what, data = {}) => {
    if (what === "operation") ui.set({ given: data, operation: data.operation, ...(tech && !phone ? { tab: "console", panel: true } : { tab: "operations" }) });
    else if (FORMS[what]) ui.set({ dialog: what, dialogData: data });
    else ui.set({ tab: what, ...(what === "tickets" && data && data.ticket ? { desk: { ticket: data.ticket } } : {}) });
  };
  const context = useMemo(() => ({ ...live, ui: { set: ui.set, open, read: mail.read } }), [live, ui.set, tech, phone, mail.read]);
  if (!state) return html`<${Loading} link=${link} />`;
  if (state.timeline) return html`<${Live.Provider} value=${context}><${ControlRoom} state=${state} link=${link} options=${options} store=${store} phone=${phone} /><//>`;
  if (state.screen === "projector") return html`<${Live.Provider} value=${context}><${Projector} state=${state} link=${link} theme=${theme} joinUrl=${options.join_url} /><//>`;
  const all = { ...options, tech };
  return html`<${Live.Provider} value=${context}>
    <div class="under" inert=${rings.length > 0 || Boolean(freeze) || undefined}>
      <${Nav} state=${state} ui=${ui} options=${all} unread=${unread} /><${Exercise} title=${state.drill.title} marker=${state.drill.marker} />
      <${Bar} state=${state} link=${link} />
      ${link.state !== "live" && html`<${AsOf} link=${link} />`}<${Halted} clock=${state.clock} />${!ended && html`<${CallStrips} calls=${state.calls} me=${state.me} />`}
      <main class="body ${link.state === "live" ? "" : "stale"}">${ended && html`<${Ended} state=${state} store=${store} />`}<${Body} state=${state} ui=${ui} options=${all} theme=${theme} link=${link} doing=${actions} /></main>
      ${state.read_only && html`<${Watching} state=${state} rings=${(store.state.pages || []).length > 0} />`}
      ${!ended && !phone && !state.read_only && html`<${Foot} state=${state} ui=${ui} options=${all} />`}
      ${phone && html`<${PhoneTabs} state=${state} ui=${ui} unread=${unread} />`}
      ${ui.dialog === "duty" && html`<${DutyDialog} me=${state.me} drill=${state.drill} close=${() => ui.set({ dialog: null })} />`}
      ${ui.dialog === "help" && html`<${HelpDialog} me=${state.me} drill=${state.drill} phone=${phone} keys=${hasDeskKeys(state) ? DESK_KEYS : []} close=${() => ui.set({ dialog: null })} />`}
      ${FORMS[ui.dialog] && html`<${FormDialog} key=${ui.dialog} command=${ui.dialog} state=${state} given=${ui.dialogData || {}} close=${() => ui.set({ dialog: null, dialogData: null })} />`}
      <${Toasts} refused=${state.refused} />
    </div>
    ${freeze && !rings.length && html`<${FreezeOverlay} key=${freeze.id} freeze=${freeze} />`}
    ${rings.length > 0 && html`<${PageOverlay} pages=${rings} title=${state.drill.title} />`}
    <div class="vh" aria-live="assertive">${rings.length > 0 ? `Page for you: ${rings[0].title}` : ""}</div><${Spoken} state=${state} store=${store} /><//>`;
};

const Loading = ({ link }) => html`<${Fragment}><${Exercise} title="Stormdrill" /><main class="body"><section class="card loading" aria-busy=${link.state !== "gone"}>${link.state === "gone"
  ? html`<div class="bd"><h2>This screen cannot be shown</h2><p>${link.why}</p></div>`
  : html`<div class="bd"><h2>Opening the drill</h2><div class="skeleton" aria-hidden="true"><i></i><i></i><i></i></div></div>`}</section></main><//>`;

// Key -> what it does; each answers true when it took the key.
const keysOf = (latest, commands, root) => ({
  ...deskKeys(latest, commands, root),
  "/": () => {
    const { ui, rings } = latest.current;
    if (rings.length) return false;
    if (ui.phone && ui.tab !== "bridge") ui.set({ tab: "bridge" });
    setTimeout(() => { const input = root.querySelector("[data-key=message]"); if (input) input.focus(); }, ui.phone ? 60 : 0);
    return true;
  },
  a: () => {
    const { rings } = latest.current;
    if (!rings.length) return false;
    commands.send("acknowledge_page", { page: rings[0].id }, `page.${rings[0].id}`);
    return true;
  },
  o: () => {
    const { ui, state, rings } = latest.current;
    if (rings.length || ui.dialog || !state || !state.operations) return false;
    ui.operations();
    setTimeout(() => { const input = root.querySelector("[data-key=operations]"); if (input) input.focus(); }, 60);
    return true;
  },
  "?": () => {
    const { ui, rings } = latest.current;
    if (rings.length) return false;
    ui.set({ dialog: ui.dialog === "help" ? null : "help" });
    return true;
  },
  Escape: () => {
    const { ui, rings } = latest.current;
    if (rings.length) return false;
    const modal = root.querySelector(".dialog [aria-label=Close]");
    if (ui.dialog) ui.set({ dialog: null });
    else if (modal) modal.click();
    else if (ui.panel && ui.tab === "console") ui.set({ panel: false });
    else if (root.activeElement) root.activeElement.blur();
    else return false;
    return true;
  },
});
