// The clock stands until this is answered: one question, one field.
import { html, useEffect, useRef, useState } from "../h.js";
import { trapTab } from "../keys.js";
import { useDraft } from "../drafts.js";
import { Act, Refusal, TextArea } from "./base.js";
import { Icon } from "./icons.js";

// Seconds left by this browser's clock, counted from what the server said last.
const useLeft = (left_s) => {
  const [left, setLeft] = useState(left_s);
  useEffect(() => {
    if (left_s === null) return setLeft(null);
    const end = performance.now() + left_s * 1000;
    const tell = () => setLeft(Math.max(0, Math.ceil((end - performance.now()) / 1000)));
    tell();
    const timer = setInterval(tell, 500);
    return () => clearInterval(timer);
  }, [left_s]);
  return left;
};

export const FreezeOverlay = ({ freeze }) => {
  const box = useRef(null);
  const [text, setText, clear] = useDraft(`freeze:${freeze.id}`, "");
  const left = useLeft(freeze.left_s ?? null);
  useEffect(() => { (box.current.querySelector("textarea") || box.current).focus(); }, [freeze.id]);
  const about = `freeze.${freeze.id}`;
  return html`<div class="dim freeze"><section ref=${box} class="dialog" tabindex="-1" role="alertdialog" aria-modal="true" aria-labelledby="freeze-title" data-part="freeze" onKeyDown=${(e) => trapTab(e, box.current)}>
    <div class="hd"><${Icon} name="pause" size=${14} /><h2>The exercise asks</h2><span class="q">the clock stands meanwhile</span><span class="sp"></span>${left !== null && html`<span class="m q">${left} s</span>`}</div>
    <div class="bd col">${freeze.because && html`<p class="s">${freeze.because}</p>`}<h1 id="freeze-title">${freeze.question}</h1>
      ${freeze.may_answer ? html`<${TextArea} aria-label="Your answer" rows=${3} value=${text} set=${setText} placeholder="In a sentence, as you would say it to the others" />
        <div class="row end"><${Act} kind="p" command="answer_freeze" data=${{ freeze: freeze.id, text: text.trim() }} about=${about} disabled=${!text.trim()} then=${() => clear("")}>Answer, and let the clock run<//></div><${Refusal} about=${about} />`
        : html`<p class="s">Somebody of the response answers it.</p>`}
      ${left !== null && html`<p class="help">Your answer goes on the record. Unanswered, the clock runs on by itself.</p>`}</div></section></div>`;
};
