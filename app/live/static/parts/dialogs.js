// The dialog of a short form, the role card, the keys.
import { html, useLive, useState } from "../h.js";
import { useDraft } from "../drafts.js";
import { Act, Button, Dialog, Kbd, Refusal } from "./base.js";
import { FORMS, FormField, blankOf, isFull } from "./forms.js";

export const FormDialog = ({ command, state, given, close }) => {
  const form = FORMS[command];
  const start = blankOf(command, state);
  const [draft, setDraft, clear] = useDraft(`form:${command}`, start);
  const values = { ...start, ...draft, ...(draft.touched ? {} : given) };
  const set = (name) => (value) => setDraft({ ...values, [name]: value, touched: true });
  const { commands } = useLive();
  const done = () => { clear(); close(); commands.tell(`${form.short || form.title}: done`); };
  return html`<${Dialog} title=${form.title} close=${close} wide=${form.wide}>${form.intro && html`<p class="s gapped">${form.intro}</p>`}
    <div class="col">${Object.entries(form.fields).map(([name, field], i) => html`<${FormField} key=${name} field=${field} first=${i === 0} state=${state} values=${values} value=${values[name]} set=${set(name)} />`)}</div>
    <${Refusal} about=${command} />
    <div class="row end"><${Button} kind="ghost" onClick=${close}>Close<//><${Act} kind="p" icon=${form.icon} command=${command} data=${form.make(values, state)} disabled=${!isFull(command, values)} then=${done}>${form.label}<//></div><//>`;
};

const DUTY = [["own", "Yours"], ["may", "You may"], ["may_not", "You may not"], ["asked", "You will be asked"], ["good", "Good looks like"]];

export const DutyDialog = ({ me, drill, close }) => html`<${Dialog} title=${`Your role: ${me.title}`} close=${close}>
  <dl class="pv duty">${DUTY.map(([key, label]) => me.duty && me.duty[key] && html`<dt>${label}</dt><dd>${me.duty[key]}</dd>`)}${drill.premise && html`<dt>The story</dt><dd>${drill.premise}</dd>`}</dl>
  ${!drill.solo && html`<p class="gapped"><a href=${`/briefing?d=${encodeURIComponent(drill.id)}`}>How it stands, and giving the seat back</a></p>`}<//>`;

const KEYS = [["/", "Write on the bridge"], ["A", "Acknowledge the page that rings"], ["O", "Operations"], ["?", "This list"], ["Esc", "Close what is open"], ["Tab", "Next control"], ["Arrow keys", "Move in the map of services"]];

const REAL = "Use it when something outside the exercise needs somebody. The clock stops at once, for everybody, and every screen says that you asked.";

// What anybody may do at any time: stop for something real, ask for a hint.
const Anytime = ({ me, solo, close }) => {
  const [sure, setSure] = useState(false);
  if (!me.may.includes("call_halt")) return null;
  return html`<h3>At any time</h3><div class="row gap wrap"><${Act} kind="sm" icon="bulb" command="ask_hint" data=${{}} about="hint" then=${close}>Ask for a hint<//>
    ${!solo && html`<${Button} kind="sm danger" icon="stop" aria-expanded=${sure} onClick=${() => setSure(!sure)}>Stop, real<//>`}</div>
    <p class="s">A hint is written down and costs nothing.</p>
    ${sure && html`<div class="inset"><p>${REAL}</p><div class="row end"><${Button} kind="sm" onClick=${() => setSure(false)}>Keep going<//><${Act} kind="sm danger" command="call_halt" data=${{}} about="halt" then=${close}>Stop the clock now<//></div></div>`}
    <${Refusal} about="hint" /><${Refusal} about="halt" />`;
};

export const HelpDialog = ({ close, me, drill, phone, keys = [] }) => {
  const { pager } = useLive();
  const [muted, setMuted] = useState(pager.muted);
  const [allowed, setAllowed] = useState(pager.notifications());
  const flip = () => { pager.mute(!muted); setMuted(!muted); };
  return html`<${Dialog} title=${phone ? "Help and pager" : "Help, keys and pager"} close=${close}>
    ${me && html`<${Anytime} me=${me} solo=${drill.solo} close=${close} />`}
    ${!phone && html`<h3>Keys</h3><dl class="pv keys">${[...KEYS, ...keys].map(([key, words]) => html`<dt><${Kbd}>${key}<//><span class="vh">${key}</span></dt><dd>${words}</dd>`)}</dl>`}
    <h3>Your pager</h3><p class="s">A page to you rings here, shows in the tab’s title and, if you allow it, on your desktop.</p>
    <div class="row gap wrap"><${Button} kind="sm" icon="bell" onClick=${() => pager.test()}>Test the sound<//><${Button} kind="sm" icon="sound" aria-pressed=${muted} onClick=${flip}>${muted ? "Sound is off" : "Sound is on"}<//>
      ${allowed === "default" && html`<${Button} kind="sm" onClick=${async () => setAllowed(await pager.allow())}>Allow desktop notifications<//>`}${allowed === "granted" && html`<span class="s">Desktop notifications are allowed.</span>`}</div><//>`;
};
