// Refusals that came by the stream: said once, low in the corner, gone after a while or at a press.
import { html, useEffect, useLive, useRef, useState } from "../h.js";
import { Glyph, Icon } from "./icons.js";

const SHOWN_MS = 12000;
const keyOf = (refusal) => refusal.command_id || refusal.id || `${refusal.t_ms}|${refusal.command}|${refusal.error || refusal.message || refusal.text}`;

const DONE_MS = 4500;

// What a form has done, in words, for a few seconds: the sheet is gone, and its effect may stand elsewhere.
const useDone = (commands) => {
  const [shown, setShown] = useState([]);
  const known = useRef(new Set(commands.done.map((one) => one.id)));
  useEffect(() => commands.subscribe(() => {
    commands.done.filter((one) => !known.current.has(one.id)).forEach((one) => {
      known.current.add(one.id);
      setShown((all) => [...all.slice(-2), one]);
      setTimeout(() => setShown((all) => all.filter((other) => other.id !== one.id)), DONE_MS);
    });
  }), [commands]);
  return shown;
};

export const Toasts = ({ refused }) => {
  const { commands } = useLive();
  const done = useDone(commands);
  const known = useRef(new Set((refused || []).map(keyOf)));
  const [shown, setShown] = useState([]);
  const close = (key) => setShown((all) => all.filter((one) => one.key !== key));
  useEffect(() => {
    (refused || []).filter((one) => !known.current.has(keyOf(one))).forEach((one) => {
      const key = keyOf(one);
      known.current.add(key);
      setShown((all) => [...all.slice(-2), { key, error: one.error || one.message || one.text, cure: one.cure }]);
      setTimeout(() => close(key), SHOWN_MS);
    });
  }, [refused]);
  return html`<div class="toasts" role="status" aria-live="polite">${done.map((one) => html`<div key=${one.id} class="doneline"><${Icon} name="check" size=${14} /><span>${one.text}</span></div>`)}${shown.map((one) => html`<div key=${one.key} class="refusal"><${Glyph} name="down" /><div><b>${one.error}</b>${one.cure && html`<div>${one.cure}</div>`}</div>
    <button type="button" class="bare" aria-label="Close this message" onClick=${() => close(one.key)}><${Icon} name="x" size=${12} /></button></div>`)}</div>`;
};
