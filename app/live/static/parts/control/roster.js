// Who sits where, whether they are there, what they did last; ask them something, look over their shoulder, let a bot stand in.
import { html, memo, useLive, useState, useTick } from "../../h.js";
import { duration, firstName, initials, sentence } from "../../format.js";
import { Act, Avatar, Button, Card, Chip, Dialog, Refusal, Status, TextArea, Field } from "../base.js";
import { Icon } from "../icons.js";

const PRESENCE = {
  plays: () => html`<span class="st c-ex"><${Icon} name="moon" size=${12} />Plays</span>`,
  here: () => html`<${Status} state="up">Here<//>`,
  writes: () => html`<${Status} state="up">Writes<//>`,
  idle: (here) => html`<${Status} state="idle">Idle ${duration(here.for_s * 1000)}<//>`,
  away: (here) => html`<${Status} state="degraded">Away ${duration(here.for_s * 1000)}<//>`,
  never: () => html`<${Status} state="idle">Not yet<//>`,
};

const watchUrl = (drill, seat) => `/console?d=${encodeURIComponent(drill.id)}&watch=${encodeURIComponent(seat)}`;

const AskDialog = ({ chair, close }) => {
  const [text, setText] = useState("");
  return html`<${Dialog} title=${`Ask ${firstName(chair.name)}, ${chair.title.toLowerCase()}`} close=${close}>
    <${Field} label="A question, not an answer" help="It comes up on their screen as from the facilitator, and stands in the record.">${(id) => html`<${TextArea} id=${id} value=${text} set=${setText} maxlength="4000" placeholder="What else fits?" data-first />`}<//>
    <${Refusal} about=${`ask.${chair.seat}`} />
    <div class="row end"><${Button} kind="ghost" onClick=${close}>Close<//><${Act} kind="p" command="nudge_seat" data=${{ to: chair.seat, text: text.trim() }} about=${`ask.${chair.seat}`} disabled=${!text.trim()} then=${close}>Ask<//></div><//>`;
};

// The lobby's own deed: the form that its page would send.
const remove = (drill, person) => fetch("/lobby", { method: "POST", credentials: "same-origin", body: new URLSearchParams({ d: drill.id, act: "remove", person }) });

const StandInDialog = ({ chair, drill, close }) => {
  const [failed, setFailed] = useState(false);
  const go = async () => {
    const answer = await remove(drill, chair.person).catch(() => null);
    if (answer && answer.ok) close();
    else setFailed(true);
  };
  return html`<${Dialog} title=${`Let a bot stand in for ${firstName(chair.name)}?`} close=${close}>
    <p>A bot plays ${chair.title.toLowerCase()} on from here. ${firstName(chair.name)} loses the seat and can join again by the code; nothing they did is lost.</p>
    ${failed && html`<p class="refusal" role="alert">It was not done. Look at the seats again; somebody may have been quicker.</p>`}
    <div class="row end"><${Button} onClick=${close} data-first>Keep the seat<//><${Button} kind="danger" onClick=${go}>Let a bot stand in<//></div><//>`;
};

// What has waited longest for a seat, with its age; the number of all that waits stands beside it.
const Urgent = ({ chair }) => {
  const { store } = useLive();
  useTick(1000);
  const { urgent, waiting } = chair;
  if (!urgent) return html`<${Chip} kind="deg" glyph="deg">${waiting} waiting<//>`;
  return html`<${Chip} kind="deg" glyph="deg" title=${waiting > 1 ? `${waiting} things wait` : undefined}>${urgent.what} ${duration(store.now() - urgent.since_ms)}<//>`;
};

const Chair = ({ chair, drill, act }) => {
  const gone = !chair.bot && ["away", "never", "idle"].includes(chair.presence.state);
  const last = chair.waiting > 0 || chair.urgent ? html`<${Urgent} chair=${chair} />` : chair.last ? html`<span class="q" title=${`${chair.last}, ${chair.last_story}`}>${chair.last}</span>` : html`<span class="q">nothing yet</span>`;
  return html`<tr><td><span class="row tight"><${Avatar} seat=${{ initials: initials(chair.name), bot: chair.bot }} /><b class="el">${firstName(chair.name)}</b></span></td><td class="q el">${chair.title}</td>
    <td>${PRESENCE[chair.presence.state](chair.presence)}</td><td class="r"><span class="el block">${last}</span></td>
    <td class="r">${gone && html`<button type="button" class="bare" title="Let a bot stand in" aria-label=${`Let a bot stand in for ${chair.name}`} onClick=${() => act("stand", chair.seat)}><${Icon} name="moon" size=${14} /></button>`}
      ${!chair.bot && html`<button type="button" class="bare" title="Ask" aria-label=${`Ask ${chair.name}`} onClick=${() => act("ask", chair.seat)}><${Icon} name="chat" size=${14} /></button>`}
      <a class="bare" href=${watchUrl(drill, chair.seat)} target="stormdrill-watch" title=${`See as ${chair.title.toLowerCase()}`} aria-label=${`See as ${chair.title.toLowerCase()}, in a tab of its own`}><${Icon} name="eye" size=${14} /></a></td></tr>`;
};

const Guest = ({ guest }) => html`<tr><td><span class="row tight"><${Avatar} seat=${{ initials: initials(guest.name) }} /><b class="el">${firstName(guest.name)}</b></span></td><td class="q el">${guest.title}</td>
  <td>${PRESENCE[guest.presence.state](guest.presence)}</td><td></td><td></td></tr>`;

export const Roster = memo(({ roster, guests, drill }) => {
  const [asked, ask] = useState(null);
  const act = (what, seat) => ask({ what, seat });
  const close = () => ask(null);
  const people = roster.filter((chair) => !chair.bot).length;
  const chosen = asked && roster.find((chair) => chair.seat === asked.seat);
  return html`<${Card} name="roster" title="Seats" note=${`${people} ${people === 1 ? "person" : "people"}, ${roster.length - people} bots`} tools=${html`<a class="btn sm ghost" href=${`/lobby?d=${encodeURIComponent(drill.id)}`}><${Icon} name="link" size=${14} />Code and links</a>`}>
    <div class="scrolls rosterbox"><table class="tbl ro"><thead class="vh"><tr><th>Name</th><th>Seat</th><th>Presence</th><th>Last</th><th>Acts</th></tr></thead><tbody>${roster.map((chair) => html`<${Chair} key=${chair.seat} chair=${chair} drill=${drill} act=${act} />`)}${guests.map((guest) => html`<${Guest} key=${guest.person} guest=${guest} />`)}</tbody></table></div>
    ${chosen && asked.what === "ask" && html`<${AskDialog} chair=${chosen} close=${close} />`}${chosen && asked.what === "stand" && !chosen.bot && html`<${StandInDialog} chair=${chosen} drill=${drill} close=${close} />`}<//>`;
});
