// Something by hand: from whom, to whom, how; what it would do is shown before it is sent, and it can be taken back.
import { html, memo, useEffect, useLive, useState } from "../../h.js";
import { useDraft } from "../../drafts.js";
import { sentence } from "../../format.js";
import { Act, Button, Card, Field, Pills, Refusal, Select, TextArea, TextInput } from "../base.js";
import { Icon } from "../icons.js";
import { nextMoment } from "./injects.js";

const EMPTY = { sender: "", to: "", channel: "chat", trouble: "", text: "", at: "", more: false };
const LOOK_AFTER_MS = 350;
const CHANNEL_WORDS = { chat: "Chat", phone: "Call", email: "Mail", text: "Text", ticket: "Ticket", press: "Press" };

const dataOf = (draft, at_ms) => ({
  sender: draft.sender, to: [draft.to], channel: draft.channel, text: draft.text.trim(),
  ...(draft.trouble ? { trouble: draft.trouble } : {}), ...(at_ms !== null ? { at_ms } : {}),
});

// What the server says would come of it; asked a moment after the last change.
const useLook = (commands, data) => {
  const [shown, setShown] = useState(null);
  const asked = JSON.stringify(data);
  useEffect(() => {
    if (!data) { setShown(null); return undefined; }
    let stale = false;
    const timer = setTimeout(async () => {
      const answer = await commands.lookAtInject(data).catch(() => null);
      if (!stale) setShown(answer);
    }, LOOK_AFTER_MS);
    return () => { stale = true; clearTimeout(timer); };
  }, [asked]);
  return shown;
};

const Preview = ({ shown }) => {
  if (!shown) return html`<p class="q inset">Looking what would come of it…</p>`;
  if (shown.refused) return html`<p class="refusal" role="alert"><b>${shown.refused.error}</b> ${shown.refused.cure}</p>`;
  const reached = shown.reaches.map((one) => `${one.name}, ${one.title.toLowerCase()}${one.bot ? " (a bot)" : ""}`).join("; ");
  return html`<div class="inset"><p class="q row tight"><${Icon} name="eye" size=${12} />Preview</p><dl class="pv">
    <dt>Reaches</dt><dd>${reached || "nobody"}${shown.not_reached.length ? `; not ${shown.not_reached.join(", ")}` : ""}</dd>
    <dt>How</dt><dd>${sentence(shown.how)}</dd><dt>Comes</dt><dd>${shown.story}</dd><dt>World</dt><dd>${sentence(shown.world)}</dd></dl></div>`;
};

export const SendNow = memo(({ choices, roster }) => {
  const { store, commands } = useLive();
  const [draft, setDraft, clear] = useDraft("by-hand", EMPTY);
  const put = (name) => (value) => setDraft({ ...draft, [name]: value });
  const given = { ...draft, sender: draft.sender || choices.senders[0].id, to: draft.to || roster[0].seat };
  const isLater = draft.more && Boolean(draft.at.trim());
  const at_ms = isLater ? nextMoment(store, draft.at) : null;
  const full = Boolean(given.text.trim()) && (!isLater || at_ms !== null);
  const data = full ? dataOf(given, at_ms) : null;
  const shown = useLook(commands, data);
  const done = () => clear({ ...EMPTY, sender: draft.sender, to: draft.to, channel: draft.channel });
  return html`<${Card} name="send" className="byhand" title="Inject something now"><div class="pad col">
    <${Pills} label="How" value=${draft.channel} set=${(value) => setDraft({ ...draft, channel: value || draft.channel })} choices=${choices.channels.map((id) => [id, CHANNEL_WORDS[id] || sentence(id)])} />
    <div class="params"><${Field} label="From">${(id) => html`<${Select} id=${id} value=${given.sender} set=${put("sender")} choices=${choices.senders.map((one) => [one.id, `${one.name}, ${one.role}`])} />`}<//>
      <${Field} label="To">${(id) => html`<${Select} id=${id} value=${given.to} set=${put("to")} choices=${roster.map((chair) => [chair.seat, `${chair.title}, ${chair.name.split(" ")[0]}`])} />`}<//></div>
    <${Field} label="Words">${(id) => html`<${TextArea} id=${id} rows=${2} value=${draft.text} set=${put("text")} maxlength="4000" placeholder="It gets slower by the minute. Is it only us?" />`}<//>
    ${draft.more && html`<div class="params"><${Field} label="A report about">${(id) => html`<${Select} id=${id} value=${draft.trouble} set=${put("trouble")} choices=${[["", "nothing, just words"], ...choices.troubles.map((one) => [one.id, one.title])]} />`}<//>
      <${Field} label="At, story time">${(id) => html`<${TextInput} id=${id} value=${draft.at} set=${put("at")} placeholder="now, or 04:20" inputmode="numeric" data-key="at" />`}<//></div>`}
    ${data && html`<${Preview} shown=${shown} />`}<${Refusal} about="by-hand" />
    <div class="row"><${Act} kind="ex grow" command="add_inject" data=${data || {}} about="by-hand" disabled=${!full || Boolean(shown && shown.refused)} then=${done}>${isLater ? (at_ms === null ? "Write a time as 04:20" : `Send at ${store.dayTime(at_ms)}`) : "Send now, undo for 10 s"}<//>
      <${Button} icon=${draft.more ? "x" : "clock"} aria-expanded=${draft.more} onClick=${() => setDraft({ ...draft, more: !draft.more, at: "", trouble: "" })}>${draft.more ? "Less" : "Time, report…"}<//></div></div><//>`;
});

// What was sent by hand and has not come yet: take it back.
export const Undo = ({ timeline }) => {
  const soon = timeline.filter((row) => row.by_hand && row.state === "planned" && row.undo_s !== undefined && row.undo_s <= 12);
  if (!soon.length) return null;
  return html`<div class="undo" role="status">${soon.map((row) => html`<div key=${row.inject} class="row"><${Icon} name="check" size=${14} /><span class="el grow">To ${row.to.join(", ")}: “${row.text}”</span>
    <${Act} kind="sm" command="withdraw_inject" data=${{ inject: row.inject }} about=${`undo.${row.inject}`}>Undo, ${row.undo_s} s<//><${Refusal} about=${`undo.${row.inject}`} /></div>`)}</div>`;
};
