// What waits for me, before what I can look at.
import { html, memo, useEffect, useLive, useRef, useState, useTick } from "../h.js";
import { duration, firstName, initials } from "../format.js";
import { useDraft } from "../drafts.js";
import { Act, Avatar, Button, Card, Chip, Empty, Refusal, Status, TextArea } from "./base.js";
import { Icon } from "./icons.js";

// What was put away in this browser: hints, and proposals that were answered without a go.
const PUT_AWAY = 40;
const useAway = () => {
  const [away, setAway] = useDraft("away", []);
  return [away, (id) => setAway([...away, id].slice(-PUT_AWAY))];
};

// Commands whose data lacks a text of the person's own.
const NEEDS_TEXT = { answer_question: "Your answer", report_task: "What came of it" };
const asksText = (action) => action.needs_text || (action.command in NEEDS_TEXT && !("text" in (action.data || {})) && !("result" in (action.data || {})));

const Times = ({ item }) => {
  const { store } = useLive();
  useTick(1000);
  const left = item.due_ms === null || item.due_ms === undefined ? null : item.due_ms - store.now();
  return html`<span class="q xs nw">${store.time(item.since_ms)}</span>${left === null ? null : left >= 0
    ? html`<span class="q xs nw">${duration(left)} left, by ${store.time(item.due_ms)}</span>`
    : html`<span class="xs nw"><${Status} state="degraded">${duration(-left)} late<//></span>`}`;
};

const Answer = ({ item, action, about, close, away }) => {
  const words = NEEDS_TEXT[action.command] || "Your words";
  const [text, setText, clear] = useDraft(`answer:${item.id}`, "");
  const box = useRef(null);
  useEffect(() => { const field = box.current.querySelector("textarea"); if (field) field.focus(); }, []); // a key pressed now is part of the answer
  return html`<div class="answer" ref=${box}><${TextArea} aria-label=${words} rows=${2} value=${text} set=${setText} placeholder=${words} />
    <div class="row end"><${Button} kind="sm ghost" onClick=${close}>Close<//>
    <${Act} kind="sm p" command=${action.command} data=${{ ...action.data, text: text.trim() }} about=${about} disabled=${!text.trim()} then=${() => { clear(); close(); if (action.dismiss) away(item.id); }}>Send<//></div></div>`;
};

const ICONS = { note: "edit", ticket: "ticket", update_due: "mail" };

const Item = memo(({ item, seats, away }) => {
  const { ui } = useLive();
  const [answering, setAnswering] = useState(null);
  const about = `asked.${item.id}`;
  const seat = (seats || []).find((one) => one.seat === item.seat) || { initials: initials(item.from), persona: !item.seat };
  if (item.soft) {
    return html`<li class="soft"><${Icon} name="bulb" size=${16} /><div><p>${item.from && html`<span class="md">${item.from}: </span>`}${item.title}</p>
      ${(item.actions || []).length > 0 && answering === null && html`<div class="doing">${item.actions.map((action, i) => html`<${Button} key=${i} kind="sm ghost" icon="chat" onClick=${() => setAnswering(i)}>${action.label}<//>`)}</div>`}
      ${answering !== null && html`<${Answer} item=${item} action=${item.actions[answering]} about=${about} close=${() => setAnswering(null)} away=${away} />`}<${Refusal} about=${about} /></div><button type="button" class="bare" aria-label=${`Put away: ${item.title}`} onClick=${() => away(item.id)}><${Icon} name="x" size=${12} /></button></li>`;
  }
  return html`<li class=${item.kind === "phone" ? "rings" : ""}>${item.kind === "phone" ? html`<span class="av ringer"><${Icon} name="phone" size=${13} /></span>` : item.from ? html`<${Avatar} seat=${seat} />` : html`<span class="av" aria-hidden="true"><${Icon} name=${ICONS[item.kind] || "bell"} size=${13} /></span>`}<div><div class="row wrap tight"><b>${item.title}</b><${Times} item=${item} /></div>
    <p class="s">${item.from && !item.title.includes(firstName(item.from)) && html`<span class="md">${item.from}${item.text ? ": " : ""}</span>`}${item.text}</p>
    <div class="doing">${(item.actions || []).map((action, i) => (action.open ? html`<${Button} key=${i} kind=${`sm ${action.primary ? "p" : ""}`} onClick=${() => ui.open(action.open, action.data)}>${action.label}<//>` : asksText(action)
      ? html`<${Button} key=${i} kind=${`sm ${action.primary ? "p" : ""}`} aria-expanded=${answering === i} onClick=${() => setAnswering(answering === i ? null : i)}>${action.label}<//>`
      : html`<${Act} key=${i} kind=${`sm ${action.primary ? "p" : ""}`} command=${action.command} data=${action.data} about=${about}>${action.label}<//>`))}</div>
    ${answering !== null && html`<${Answer} item=${item} action=${item.actions[answering]} about=${about} close=${() => setAnswering(null)} away=${away} />`}
    <${Refusal} about=${about} /></div></li>`;
});

const Oldest = ({ items }) => {
  const { store } = useLive();
  useTick(1000);
  return html`<span class="q">oldest ${duration(store.now() - Math.min(...items.map((item) => item.since_ms)))}</span>`;
};

const MAIL_SHOWN = 3;

// A message from outside that was not read yet; reading it happens in the inbox.
const Letter = ({ letter }) => {
  const { ui } = useLive();
  return html`<li class="soft"><${Icon} name="mail" size=${16} /><div><button type="button" class="link" onClick=${() => ui.open("inbox")}><span class="el2"><span class="md">${letter.from}:</span> ${letter.title || letter.text}</span></button>
    <span class="q">${letter.story}, ${letter.channel}</span></div><button type="button" class="bare" aria-label=${`Read: ${letter.from}`} title="I have read it" onClick=${() => ui.read(letter.n)}><${Icon} name="x" size=${12} /></button></li>`;
};

export const Waiting = memo(({ asked, seats, mail = [] }) => {
  const [gone, away] = useAway();
  const shown = asked.filter((item) => !gone.includes(item.id));
  const hard = shown.filter((item) => !item.soft);
  return html`<${Card} name="waiting" className="waiting" title="Waiting for you"
      tools=${hard.length > 0 && html`<${Oldest} items=${hard} />`} mark=${hard.length > 0 && html`<${Chip} kind="act">${hard.length}<//>`}>
    ${shown.length + mail.length ? html`<ul class="need">${shown.map((item) => html`<${Item} key=${item.id} item=${item} seats=${seats} away=${away} />`)}${mail.slice(-MAIL_SHOWN).map((letter) => html`<${Letter} key=${letter.n} letter=${letter} />`)}</ul>`
      : html`<${Empty}>Nothing is asked of you.<//>`}<//>`;
});

const TASK = {
  failed: ["Did not work", "deg", "deg"], more_time: ["Needs more time", "deg", "deg"],
  asked: ["Asked", "", "idle"], confirmed: ["On it", "act", null], acknowledged: ["On it", "act", null],
  reported: ["Done", "up", "up"], done: ["Done", "up", "up"], late: ["No answer", "deg", "deg"], overdue: ["No answer", "deg", "deg"],
};

const TaskRow = ({ task }) => {
  const { store } = useLive();
  useTick(1000);
  const open = task.state === "asked" || task.state === "confirmed" || task.state === "acknowledged";
  const left = task.due_ms ? task.due_ms - store.now() : null;
  const late = task.state === "asked" && left !== null && left < 0;
  const [word, kind, glyph] = TASK[late ? "late" : task.state] || [task.state, "", null];
  return html`<tr><th scope="row">${firstName(task.to_name)}</th><td>${task.text}</td><td><${Chip} kind=${kind} glyph=${glyph}>${word}<//> <span class="m q">${
    open && left !== null ? duration(Math.abs(left)) : store.time(task.reported_ms || task.asked_ms)}</span></td></tr>`;
};

export const Tasks = memo(({ tasks }) => {
  const open = tasks.filter((task) => ["asked", "confirmed", "acknowledged"].includes(task.state)).length;
  return html`<${Card} name="tasks" title="Tasks" note="asked, on it, done" tools=${html`<span class="q">${open} open</span>`}>
    ${tasks.length ? html`<div class="scroll" tabindex="0" role="region" aria-label="Tasks"><table class="tbl task"><tbody>${tasks.map((task) => html`<${TaskRow} key=${task.task} task=${task} />`)}</tbody></table></div>`
      : html`<${Empty}>No task has been given.<//>`}<//>`;
});
