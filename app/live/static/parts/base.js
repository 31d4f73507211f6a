// Small parts all others are made of: state marks, chips, buttons, cards, fields, refusals, dialogs.
import { html, useEffect, useLive, useRef, useState } from "../h.js";
import { tabStops, trapTab } from "../keys.js";
import { Glyph, Icon } from "./icons.js";

// World state -> [glyph, colour class, word]. A shape and a word, always both.
export const STATES = {
  up: ["up", "up", "Up"],
  degraded: ["deg", "deg", "Degraded"],
  down: ["down", "down", "Down"],
  warming: ["warm", "warm", "Warming"],
  idle: ["idle", "idle", "Idle"],
  unknown: ["unk", "unk", "Not known"],
};
export const stateOf = (state) => STATES[state] || STATES.unknown;

export const Status = ({ state, children }) => {
  const [glyph, colour, word] = stateOf(state);
  return html`<span class="st c-${colour}"><${Glyph} name=${glyph} />${children || word}</span>`;
};

export const Chip = ({ kind = "", icon, glyph, title, children }) => html`<span class="chip ${kind}" title=${title}>
  ${icon && html`<${Icon} name=${icon} size=${12} />`}${glyph && html`<${Glyph} name=${glyph} size=${9} />`}${children}</span>`;

export const Avatar = ({ seat, large, me }) => html`<span class="av ${me ? "me" : ""} ${large ? "l" : ""} ${seat.bot || seat.persona ? "bot" : ""}"
  aria-hidden="true">${seat.initials || "?"}</span>`;

export const Button = ({ icon, kind = "", children, ...rest }) => html`<button type="button" class="btn ${kind}" ...${rest}>
  ${icon && html`<${Icon} name=${icon} size=${14} />`}${children}</button>`;

export const Kbd = ({ children }) => html`<span class="kbd" aria-hidden="true">${children}</span>`;

export const Card = ({ name, title, mark, note, tools, children, grow, className = "", bodyClass }) => html`
  <section class="card ${className} ${grow ? "grow" : ""}" data-part=${name} aria-label=${title}>
    ${title && html`<div class="hd"><h2>${title}</h2>${mark}${note && html`<span class="q el">${note}</span>`}<span class="sp"></span>${tools}</div>`}
    ${bodyClass ? html`<div class=${bodyClass}>${children}</div>` : children}
  </section>`;

// The commands, and a new drawing whenever one is sent, answered or refused.
export const useCommands = () => {
  const { commands } = useLive();
  const [, set] = useState(0);
  useEffect(() => commands.subscribe(() => set((n) => n + 1)), [commands]);
  return commands;
};

// Why something was not done and how to mend it, beside the control that asked.
export const Refusal = ({ about }) => {
  const commands = useCommands();
  const refusal = commands.refusals.get(about);
  if (!refusal) return null;
  return html`<div class="refusal" role="alert"><${Glyph} name="down" /><div><b>${refusal.error}</b>${refusal.cure && html`<div>${refusal.cure}</div>`}</div>
    <button type="button" class="bare" aria-label="Close this message" onClick=${() => commands.dismiss(about)}><${Icon} name="x" size=${12} /></button></div>`;
};

const SETTLED_MS = 250; // the stream has drawn what the deed changed

// Where the focus goes when the control that had it is gone: the next thing of the same card, else the card itself.
const handOn = (places, root) => setTimeout(() => {
  if (root.activeElement && root.activeElement.isConnected) return;
  const place = places.find((one) => one.isConnected);
  if (!place) return;
  const [first] = tabStops(place);
  if (!first) place.tabIndex = -1;
  (first || place).focus({ preventScroll: Boolean(first) });
}, SETTLED_MS);

// A button that sends one command. While it is on its way it takes no second press, but keeps the focus.
export const Act = ({ command, data, about, then, children, disabled, ...rest }) => {
  const commands = useCommands();
  const key = about || command;
  const busy = commands.busy.has(key);
  const press = async (event) => {
    if (busy) return;
    const button = event.currentTarget;
    const places = [button.closest("li"), button.closest("section"), button.closest("main")].filter(Boolean);
    const root = button.getRootNode();
    const outcome = await commands.send(command, data, key);
    if (outcome.ok && then) then(outcome);
    handOn(places, root);
  };
  return html`<${Button} ...${rest} disabled=${disabled && !busy} aria-disabled=${busy || undefined} aria-busy=${busy} onClick=${press}>${children}<//>`;
};

// A label over its control. `children(id)` draws the control.
let fields = 0;
export const Field = ({ label, help, children, className = "" }) => {
  const id = useRef(`f${(fields += 1)}`).current;
  return html`<div class="f ${className}"><label for=${id}>${label}</label>${children(id)}${help && html`<div class="help">${help}</div>`}</div>`;
};

export const TextInput = ({ value, set, ...rest }) => html`<input class="in" value=${value} onInput=${(e) => set(e.target.value)} ...${rest} />`;
export const TextArea = ({ value, set, rows = 3, ...rest }) => html`<textarea class="in" rows=${rows} value=${value} onInput=${(e) => set(e.target.value)} ...${rest}></textarea>`;
export const Select = ({ value, set, choices, ...rest }) => html`<select class="in" value=${value} onChange=${(e) => set(e.target.value)} ...${rest}>
  ${choices.map(([key, title]) => html`<option value=${key} selected=${key === value}>${title}</option>`)}</select>`;

export const Segments = ({ value, set, choices, label }) => html`<div class="seg" role="group" aria-label=${label}>
  ${choices.map(([key, title]) => html`<button type="button" class=${key === value ? "on" : ""} aria-pressed=${key === value} onClick=${() => set(key)}>${title}</button>`)}</div>`;

// One of several words, as pills; pressing the chosen one again takes it back.
export const Pills = ({ value, set, choices, label }) => html`<div class="pills" role="group" aria-label=${label}>
  ${choices.map(([key, title]) => html`<button type="button" class=${key === value ? "on" : ""} aria-pressed=${key === value} onClick=${() => set(key === value ? "" : key)}>${title}</button>`)}</div>`;

export const Check = ({ checked, set, children }) => html`<label class="check"><input type="checkbox" checked=${checked} onChange=${(e) => set(e.target.checked)} /><span>${children}</span></label>`;

// Several of a list, by a box each. `chosen` holds keys.
export const Checks = ({ label, choices, chosen, set, className = "" }) => html`<fieldset class="checks ${className}"><legend>${label}</legend>
  ${choices.map(([key, title]) => html`<${Check} key=${key} checked=${chosen.includes(key)} set=${(on) => set(on ? [...chosen, key] : chosen.filter((one) => one !== key))}>${title}<//>`)}</fieldset>`;

// Something that floats: focus goes in, stays in, and comes back.
export const Dialog = ({ title, close, children, wide }) => {
  const box = useRef(null);
  useEffect(() => {
    const before = box.current.getRootNode().activeElement;
    const first = box.current.querySelector("[data-first]:not([data-first=false])") || tabStops(box.current)[1] || tabStops(box.current)[0];
    if (first) first.focus();
    return () => before && before.isConnected && before.focus();
  }, []);
  return html`<div class="dim" onMouseDown=${(e) => e.target === e.currentTarget && close()}>
    <section ref=${box} class="dialog ${wide ? "broad" : ""}" role="dialog" aria-modal="true" aria-label=${title} onKeyDown=${(e) => trapTab(e, box.current)}>
      <div class="hd"><h2>${title}</h2><span class="sp"></span><button type="button" class="bare" aria-label="Close" onClick=${close}><${Icon} name="x" /></button></div>
      <div class="bd">${children}</div>
    </section></div>`;
};

export const Empty = ({ children }) => html`<p class="empty">${children}</p>`;

// Stays at the bottom of a growing list only while the reader is there.
export const useStick = (mark) => {
  const box = useRef(null);
  const [atEnd, setAtEnd] = useState(true);
  const seen = useRef(true);
  useEffect(() => {
    if (seen.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [mark]);
  const onScroll = () => {
    const { scrollTop, scrollHeight, clientHeight } = box.current;
    seen.current = scrollHeight - scrollTop - clientHeight < 24;
    setAtEnd(seen.current);
  };
  const toEnd = () => { box.current.scrollTop = box.current.scrollHeight; };
  return { box, atEnd, onScroll, toEnd };
};
