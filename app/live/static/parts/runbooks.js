// Runbooks: opened, ticked step by step, gaps noted where a step does not fit; rewritten afterwards.
import { html, memo, useLive, useState } from "../h.js";
import { useDraft } from "../drafts.js";
import { Act, Button, Card, Chip, Empty, Refusal, TextArea } from "./base.js";
import { Icon } from "./icons.js";

const Mark = ({ mark, icon, words }) => {
  const { store } = useLive();
  return html`<p class="mark q"><${Icon} name=${icon} size=${12} /> <b>${words}</b> ${mark.text} <span class="nw">${mark.by} ${store.time(mark.t_ms)}</span></p>`;
};

const Write = ({ name, label, command, data, button, close }) => {
  const [text, setText, clear] = useDraft(name, "");
  return html`<div class="said"><${TextArea} aria-label=${label} placeholder=${label} rows=${2} value=${text} set=${setText} />
    <div class="row"><${Act} kind="sm p" command=${command} data=${{ ...data, text: text.trim() }} about=${name} disabled=${!text.trim()} then=${() => { clear(""); close(); }}>${button}<//><${Button} kind="sm ghost" onClick=${close}>Close<//></div><${Refusal} about=${name} /></div>`;
};

const Step = memo(({ step, book, may, after }) => {
  const { ui } = useLive();
  const [writing, setWriting] = useState(null);
  const about = `step.${book}.${step.n}`;
  const data = { page: book, step: step.n };
  const close = () => setWriting(null);
  return html`<li class="rbstep ${step.ticked ? "done" : ""}"><span class="num">${step.ticked ? html`<${Icon} name="check" size=${13} /><span class="vh">done</span>` : step.n}</span>
    <div class="fill"><p>${step.revised ? html`${step.revised.text} <${Chip} kind="line">rewritten<//>` : step.text}</p>
      ${step.ticked && html`<${Mark} mark=${{ ...step.ticked, text: "" }} icon="check" words="Done" />`}${step.gap && html`<${Mark} mark=${step.gap} icon="flag" words="Gap:" />`}
      ${writing === "gap" && html`<${Write} name=${`gap.${book}.${step.n}`} label="What this step lacks or gets wrong" command="note_gap" data=${data} button="Note the gap" close=${close} />`}
      ${writing === "new" && html`<${Write} name=${`revise.${book}.${step.n}`} label="The step as it should read" command="revise_runbook" data=${data} button="Write it so" close=${close} />`}<${Refusal} about=${about} /></div>
    <div class="rbacts">${step.operation && may.has("start_operation") && html`<${Button} kind="sm ghost" icon="wrench" aria-label=${`Open the operation of step ${step.n}`} onClick=${() => ui.open("operation", { operation: step.operation, params: {} })}>Operation<//>`}
      ${!step.ticked && may.has("tick_step") && html`<${Act} kind="sm" icon="check" command="tick_step" data=${data} about=${about} aria-label=${`Tick step ${step.n}`}>Done<//>`}
      ${!step.gap && may.has("note_gap") && !after && html`<${Button} kind="sm ghost" aria-label=${`Note a gap in step ${step.n}`} onClick=${() => setWriting(writing === "gap" ? null : "gap")}>Gap<//>`}
      ${after && may.has("revise_runbook") && html`<${Button} kind="sm ghost" icon="edit" aria-label=${`Rewrite step ${step.n}`} onClick=${() => setWriting(writing === "new" ? null : "new")}>Rewrite<//>`}</div></li>`;
});

// The list on the left, the chosen one beside it. Opening one stands on the record.
export const Runbooks = memo(({ runbooks, me, after }) => {
  const { commands } = useLive();
  const opened = runbooks.filter((book) => book.opened_ms !== null).sort((a, b) => b.opened_ms - a.opened_ms);
  const [chosen, choose] = useState(null);
  const may = new Set(me.may);
  const book = runbooks.find((one) => one.id === chosen) || opened[0];
  const open = (id) => {
    choose(id);
    if (may.has("open_runbook")) commands.send("open_runbook", { page: id }, `runbook.${id}`);
  };
  if (!runbooks.length) return html`<${Card} name="runbooks" title="Runbooks" grow><${Empty}>This drill has no runbook.<//><//>`;
  return html`<div class="view books"><${Card} name="runbooks" title="Runbooks" note=${`${runbooks.length}`}><ul>${runbooks.map((one) => html`<li key=${one.id}><button type="button" class="qi ${book && book.id === one.id ? "on" : ""}" aria-pressed=${Boolean(book && book.id === one.id)} onClick=${() => open(one.id)}>
      <b>${one.title}</b><span class="q xs">${one.opened_ms === null ? `${one.steps.length} steps, not opened` : `${one.steps.filter((step) => step.ticked).length} of ${one.steps.length} steps done`}</span></button></li>`)}</ul><//>
    ${book ? html`<${Card} name="runbook" title=${book.title} grow><div class="scroll" tabindex="0" role="region" aria-label=${book.title}><ol class="rb">${book.steps.map((step) => html`<${Step} key=${`${book.id}.${step.n}`} step=${step} book=${book.id} may=${may} after=${after} />`)}</ol></div><//>`
      : html`<${Card} name="runbook" title="Runbook" grow><${Empty}>Open the one that fits what you see. Not every step fits every night: read it, then do it.<//><//>`}</div>`;
});
