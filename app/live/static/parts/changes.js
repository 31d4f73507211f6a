// Lists beside the logs: what was changed, which alerts fired, what the team thinks.
import { html, memo, useEffect, useLive, useState } from "../h.js";
import { firstName } from "../format.js";
import { useDraft } from "../drafts.js";
import { Act, Button, Card, Empty, Refusal, Status } from "./base.js";
import { Glyph } from "./icons.js";

export const Changes = memo(({ changes, grow }) => {
  const { looks } = useLive();
  useEffect(() => looks.take("all", "changes"), []);
  return html`<${Card} name="changes" title="Changes" note="deployments, settings, operations" grow=${grow}>
  ${changes.length ? html`<div class="scroll" tabindex="0" role="region" aria-label="Changes"><table class="tbl ind"><tbody>${[...changes].sort((a, b) => b.t_ms - a.t_ms).map((change) => html`<tr key=${`${change.t_ms}${change.site}`}>
    <th scope="row" class="m nw">${change.story}</th><td>${change.site && html`<b>${change.site}</b> `}${change.text}<div class="q xs">${change.who}</div></td></tr>`)}</tbody></table></div>`
    : html`<${Empty}>No change is known.<//>`}<//>`;
});

const SEVERITY = { page: ["down", "Page"], ticket: ["degraded", "Ticket"], warn: ["degraded", "Warning"] };

export const Alerts = memo(({ alerts }) => {
  const { store } = useLive();
  return html`<${Card} name="alerts" title="Alerts">${alerts.length ? html`<table class="tbl ind"><tbody>${[...alerts].sort((a, b) => b.t_ms - a.t_ms).slice(0, 8).map((alert) => {
    const [state, word] = SEVERITY[alert.severity] || ["unknown", alert.severity];
    return html`<tr key=${alert.alert}><th scope="row" class="m nw">${store.time(alert.t_ms)}</th><td><${Status} state=${state}>${word}<//> ${alert.title}</td>
      <td class="r q nw">${alert.acknowledged_ms !== null && alert.acknowledged_ms !== undefined ? `${firstName(alert.by)} ${store.time(alert.acknowledged_ms)}` : "not acknowledged"}</td></tr>`;
  })}</tbody></table>` : html`<${Empty}>No alert has fired.<//>`}<//>`;
});

const HYPOTHESIS = { testing: ["warm", "idle", "Testing"], open: ["idle", "idle", "Open"], ruled_out: ["miss", "plain", "Ruled out"], confirmed: ["up", "up", "Confirmed"] };

const Row = memo(({ one, may }) => {
  const { store } = useLive();
  const [glyph, colour, word] = HYPOTHESIS[one.state] || HYPOTHESIS.open;
  const open = one.state === "open" || one.state === "testing";
  const about = `hypothesis.${one.hypothesis}`;
  const [head, ...rest] = one.text.split(" · ");
  const more = [...rest, ...(one.evidence ? [`for: ${one.evidence}`] : [])].join(" · ");
  return html`<tr><td><span class="st c-${colour}"><${Glyph} name=${glyph} />${word}</span></td>
    <td>${open ? html`<b>${head}</b>` : html`<span class="s">${head}</span>`}${more && html`<span class="s"> · ${more}</span>`}<${Refusal} about=${about} /></td>
    <td class="r q nw">${open && may && html`<span class="rowact"><${Act} kind="xs" command="confirm_hypothesis" data=${{ hypothesis: one.hypothesis }} about=${about}>Confirm<//>
      <${Act} kind="xs" command="rule_out_hypothesis" data=${{ hypothesis: one.hypothesis }} about=${about}>Rule out<//></span>`}${firstName(one.by)} ${store.time(one.t_ms)}</td></tr>`;
});

const Add = ({ close }) => {
  const [text, setText, clear] = useDraft("hypothesis", "");
  return html`<div class="foot"><input class="in" data-first aria-label="What you think is going on" placeholder="What you think is going on, in one sentence" value=${text} onInput=${(e) => setText(e.target.value)} />
    <${Act} kind="sm p" command="record_hypothesis" data=${{ text: text.trim() }} disabled=${!text.trim()} then=${() => { clear(""); close(); }}>Record<//>
    <${Button} kind="sm ghost" onClick=${close}>Close<//><${Refusal} about="record_hypothesis" /></div>`;
};

export const Hypotheses = memo(({ hypotheses, me, grow, brief }) => {
  const [adding, setAdding] = useState(false);
  const may = me.may.includes("record_hypothesis");
  const order = { testing: 0, open: 1, confirmed: 2, ruled_out: 3 };
  const list = [...hypotheses].sort((a, b) => (order[a.state] ?? 1) - (order[b.state] ?? 1) || b.t_ms - a.t_ms);
  return html`<${Card} name="hypotheses" className="hypotheses" grow=${grow} title="Hypotheses" note="shared with command, written to the document"
      tools=${may && !adding && html`<${Button} kind="sm ghost" icon="plus" onClick=${() => setAdding(true)}>Add<//>`}>
    ${adding && html`<${Add} close=${() => setAdding(false)} />`}
    ${list.length ? html`<div class="scroll" tabindex="0" role="region" aria-label="Hypotheses"><table class="tbl hy"><tbody>${list.map((one) => html`<${Row} key=${one.hypothesis} one=${one} may=${may && !brief} />`)}</tbody></table></div>`
      : html`<${Empty}>No hypothesis yet. What do you think is going on?<//>`}<//>`;
});
