// What a customer has in hand: the service's page, a try, a report, what became of it, what customers were told.
import { html, memo, useEffect, useLive, useRef, useState } from "../h.js";
import { useDraft } from "../drafts.js";
import { Act, Button, Card, Chip, Empty, Field, Refusal, Segments, TextArea } from "./base.js";
import { Glyph, Icon } from "./icons.js";

// State -> glyph, colour. Four shapes, so that no two states differ by colour alone.
const LOOKS = { works: ["up", "up"], slow: ["warm", "deg"], fails: ["deg", "deg"], down: ["down", "down"] };
const Mark = ({ state, children }) => html`<span class="st c-${LOOKS[state][1]}"><${Glyph} name=${LOOKS[state][0]} />${children}</span>`;

// --- one try
const KEPT = 5;
const GIVES_UP_S = 5;
const LONGEST_WAIT_MS = 2500;
const TAIL = Math.log(100); // of an exponential wait, 99 in 100 are shorter than TAIL means

// What one try brings, drawn from how it is for all customers at the moment; nothing of it leaves this browser.
export const drawTry = (now, random = Math.random) => {
  if (now.wait_s === null || random() < now.fail_frac) return { ok: false, s: GIVES_UP_S };
  return { ok: true, s: Math.max(0.1, (now.wait_s / TAIL) * -Math.log(1 - random())) };
};

const cameIn = (one) => (one.ok ? `The page came in ${one.s.toFixed(1)} s` : `No page came; gave up after ${one.s} s`);

const Rows = () => html`<div class="goods" aria-hidden="true">${[62, 48, 71].map((width) => html`<div key=${width}><i></i><span><b style=${`width:${width}%`}></b><b style="width:32%"></b></span><em></em></div>`)}</div>`;

const Screen = ({ service, busy, last }) => {
  const shown = busy ? "busy" : !last ? "new" : last.ok ? "came" : "lost";
  return html`<div class="screen ${shown}"><div class="addr"><${Icon} name="lock" size=${11} />${service}</div>
    <div class="pagebody">${shown === "came" ? html`<${Rows} />` : shown === "busy" ? html`<div class="spin" aria-hidden="true"></div>` : html`<${Glyph} name=${shown === "lost" ? "down" : "idle"} size=${26} />`}
      <p class="said" role="status">${busy ? "Opening the page…" : last ? cameIn(last) : `Open ${service} as a customer does.`}</p></div></div>`;
};

const Tries = ({ tries }) => {
  const { store } = useLive();
  return html`<ul class="tries" aria-label="Your latest tries">${tries.map((one, i) => html`<li key=${`${one.t_ms}-${i}`}><span class="m">${store.time(one.t_ms)}</span><${Mark} state=${one.ok ? "works" : "down"}>${one.ok ? `came, ${one.s.toFixed(1)} s` : "no page"}<//></li>`)}</ul>`;
};

const Strip = memo(({ history }) => {
  const seen = [...new Set(history.map((step) => step.state))];
  const words = Object.fromEntries(history.map((step) => [step.state, step.word]));
  return html`<div class="hour"><h3>The last hour</h3>
    <ol class="strip">${history.map((step) => html`<li key=${step.t_ms} class=${LOOKS[step.state][1]} title=${`${step.story} ${step.word}`}><${Glyph} name=${LOOKS[step.state][0]} size=${10} /><span class="vh">${step.story} ${step.word}</span></li>`)}</ol>
    <div class="row" aria-hidden="true"><span class="m q">${history.length ? history[0].story : ""}</span><span class="sp"></span><span class="q">now</span></div>
    <div class="row legendrow">${seen.map((state) => html`<span key=${state} class="xs"><${Mark} state=${state}>${words[state]}<//></span>`)}</div></div>`;
});

export const ShopPage = ({ shop, report, ended }) => {
  const { store } = useLive();
  const [tries, setTries] = useDraft("tries", []);
  const [busy, setBusy] = useState(false);
  const timer = useRef(null);
  useEffect(() => () => clearTimeout(timer.current), []);
  const press = () => {
    const one = { ...drawTry(shop.now), t_ms: store.now() };
    setBusy(true);
    timer.current = setTimeout(() => { setBusy(false); setTries([one, ...tries].slice(0, KEPT)); }, Math.min(LONGEST_WAIT_MS, one.s * 1000));
  };
  const [last] = tries;
  const lost = !busy && last && !last.ok;
  return html`<${Card} name="shop" className="shopfront" title=${shop.service} tools=${html`<${Mark} state=${shop.now.state}>${shop.now.word}<//>`}><div class="shopbody">
    <p class="felt" role="status">${shop.now.text}</p>
    <${Screen} service=${shop.service} busy=${busy} last=${last} />
    ${!ended && html`<div class="tryrow"><${Button} kind="p lg" icon="play" disabled=${busy} aria-busy=${busy} onClick=${press}>${last ? "Try it again" : "Try it now"}<//>${lost && report && html`<${Button} kind="lg" icon="edit" onClick=${() => report(`${store.dayTime(last.t_ms)}: I opened ${shop.service} and no page came.`)}>Report it<//>`}</div>`}
    ${tries.length > 0 && html`<${Tries} tries=${tries} />`}<${Strip} history=${shop.history} /></div><//>`;
};

// --- who I am, what to do now
const nextOf = (shop, asked) => {
  const hard = (asked || []).filter((item) => !item.soft);
  if (hard.some((item) => item.kind === "works")) return "The service desk asks whether it works for you. Try it, then answer.";
  if (hard.length) return "Something waits for your answer.";
  if (shop.my_tickets.some((one) => !["closed", "yes"].includes(one.state))) return "You have reported it. Try again now and then; report what changes.";
  if (shop.now.state !== "works") return `${shop.service} does not work as it should. Try it, and report what you see.`;
  return "All is well so far. Try it now and then; report it when it fails.";
};

export const Lead = memo(({ shop, asked, ended }) => html`<section class="card youare" data-part="lead" aria-label="Who you are"><span class="av me l" aria-hidden="true"><${Icon} name="basket" size=${18} /></span><div class="grow"><h1>You are a customer of ${shop.service}.</h1>
  <p class="s">You see what customers see, nothing behind it. Nobody in the team sees your screen: they know what you report.</p></div>${!ended && html`<p class="nextstep"><b>Now</b><span>${nextOf(shop, asked)}</span></p>`}</section>`);

// --- report it
const WAYS = [["ticket", "Form"], ["email", "Email"], ["text", "Text message"], ["phone", "By phone"]];
export const BLANK_REPORT = { text: "", channel: "ticket" };

export const ReportForm = ({ shop, draft, set, sent, desk, may }) => {
  if (!may.includes("file_report")) return null;
  const put = (name) => (value) => set({ ...draft, [name]: value });
  return html`<${Card} name="report" title="Tell the service desk" bodyClass="pad"><div class="col">
    <${Field} label="What do you see?" help="Your screen's own words, since when, what you tried to do.">${(id) => html`<${TextArea} id=${id} data-key="message" rows=${3} maxlength="4000" value=${draft.text} set=${put("text")} placeholder="The page spins and nothing appears. It began some ten minutes ago." />`}<//>
    <div class="f"><span class="lab">Send it as</span><${Segments} label="Send it as" value=${draft.channel} set=${put("channel")} choices=${WAYS} /></div>
    <div class="row wrap"><${Act} kind="p" icon="mail" command="file_report" data=${{ service: shop.level, channel: draft.channel, text: draft.text.trim() }} disabled=${!draft.text.trim()} then=${sent}>Send the report<//>
      ${desk && may.includes("start_call") && html`<${Act} icon="phone" command="start_call" data=${{ to: [desk.seat], medium: "phone" }} about="call.desk">Call the service desk<//>`}</div>
    <${Refusal} about="file_report" /><${Refusal} about="call.desk" /></div><//>`;
};

// --- what became of it
const KINDS = { sent: "", received: "idle", working: "act", asked: "act", yes: "up", no: "deg", solved: "line", closed: "line" };

export const MyReports = memo(({ tickets }) => html`<${Card} name="my-tickets" title="Your reports" grow mark=${tickets.length > 0 && html`<${Chip}>${tickets.length}<//>`}>${tickets.length
  ? html`<div class="scroll" tabindex="0" role="region" aria-label="Your reports"><ul class="mine">${tickets.map((one) => html`<li key=${one.id}><div class="row"><span class="m q">${one.story}</span>${one.ticket && html`<span class="m q">${one.ticket}</span>`}<span class="sp"></span><${Chip} kind=${KINDS[one.state]}>${one.word}<//></div>
    <p class="el2">${one.text}</p><p class="q">${one.means}</p></li>`)}</ul></div>`
  : html`<${Empty}>You have reported nothing yet.<//>`}<//>`);

// --- what customers were told
const Promise_ = ({ one }) => {
  const { store } = useLive();
  if (!one.next_ms) return null;
  return html`<p class="q">Next word promised by ${store.dayTime(one.next_ms)}</p>`;
};

export const PublicWords = memo(({ words, service }) => html`<${Card} name="words" title=${`News from ${service}`} note="what customers are told" grow>${words.length
  ? html`<div class="scroll" tabindex="0" role="region" aria-label="What customers are told"><ul class="sent">${[...words].reverse().map((one) => html`<li key=${one.n}><span class="m q">${one.story}</span><p>${one.text}</p><${Promise_} one=${one} /></li>`)}</ul></div>`
  : html`<${Empty}>Nobody has told customers anything yet.<//>`}<//>`);
