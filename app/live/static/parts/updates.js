// The update to a list: few fields, words for people outside, a preview, a promise of the next one.
import { html, memo, useLive, useTick } from "../h.js";
import { countdown, duration, sentence } from "../format.js";
import { useDraft } from "../drafts.js";
import { Act, Card, Chip, Empty, Field, Refusal, Segments, Select, Status, TextArea, TextInput } from "./base.js";
import { ClaimChips, WORLD_STATES } from "./claims.js";

const NEXT_MIN = [[15, "15 min"], [30, "30 min"], [60, "1 h"]];

const Due = ({ at }) => {
  const { store } = useLive();
  useTick(1000);
  if (at === null || at === undefined) return html`<span class="s">No next update is promised.</span>`;
  const left = at - store.now();
  return left >= 0 ? html`<span class="due n"><b>${countdown(left)}</b> <span class="s">until the promised update, ${store.time(at)}</span></span>`
    : html`<${Status} state="degraded">The update promised for ${store.time(at)} is ${duration(-left)} late<//>`;
};

const initial = (updates) => {
  const t = updates.template || {};
  const [state] = WORLD_STATES.find(([key]) => key === t.state) || ["degraded"];
  return { list: (updates.lists[0] || {}).id, state, since: t.since || "", lead: t.lead || "", next: t.next_update_min || 30, text: t.text || "" };
};

export const claimsOf = (draft, subject) => [
  { subject, property: "state", value: draft.state, certainty: "known" },
  ...(draft.since.trim() ? [{ subject, property: "since", value: draft.since.trim(), certainty: "known" }] : []),
  ...(draft.text.trim() ? [{ subject, property: "impact", value: draft.text.trim().slice(0, 200), certainty: "known" }] : []),
  ...(draft.lead.trim() ? [{ subject, property: "lead", value: draft.lead.trim(), certainty: "known" }] : []),
  { subject, property: "next_update", value: `${draft.next} min`, certainty: "known" },
];

const STATE_WORDS = { up: "works again", degraded: "works only in part", down: "does not work" };
export const wordsOf = (draft, subject, nextAt) => [
  `${subject === "service" ? "The service" : sentence(subject)} ${STATE_WORDS[draft.state]}${draft.since.trim() ? `, since ${draft.since.trim()}` : ""}.`,
  draft.text.trim(),
  draft.lead.trim() ? `${draft.lead.trim()} leads the response.` : "",
  `Next update by ${nextAt}.`,
].filter(Boolean).join(" ");

const NextAt = ({ draft, subject }) => {
  const { store } = useLive();
  useTick(1000);
  return wordsOf(draft, subject, store.dayTime(store.now() + draft.next * 60000));
};

const ComposeUpdate = memo(({ updates, subject, may }) => {
  const { store } = useLive();
  const [draft, setDraft, clear] = useDraft("update", initial(updates));
  const put = (key) => (value) => setDraft({ ...draft, [key]: value });
  const list = updates.lists.find((one) => one.id === draft.list) || updates.lists[0];
  if (!list) return html`<${Card} name="compose" title="Send an update" grow><${Empty}>This drill has no list to write to.<//><//>`;
  const data = () => ({ list: list.id, text: wordsOf(draft, subject, store.dayTime(store.now() + draft.next * 60000)), claims: claimsOf(draft, subject), next_update_min: draft.next });
  return html`<${Card} name="compose" title="Send an update" tools=${html`<${Due} at=${updates.next_due_ms} />`} grow><div class="scroll pad" tabindex="0" role="region" aria-label="Write the update">
    <div class="formgrid">
      <${Field} label="To" className="span2">${(id) => html`<${Select} id=${id} value=${list.id} set=${put("list")} choices=${updates.lists.map((one) => [one.id, `${one.title}, ${one.people} people`])} />`}<//>
      <${Field} label="State">${(id) => html`<${Select} id=${id} value=${draft.state} set=${put("state")} choices=${WORLD_STATES} />`}<//>
      <${Field} label="Since">${(id) => html`<${TextInput} id=${id} value=${draft.since} set=${put("since")} placeholder="Wed 03:10" />`}<//>
      <${Field} label="Who leads">${(id) => html`<${TextInput} id=${id} value=${draft.lead} set=${put("lead")} />`}<//>
      <div class="f"><span class="lab">Next update in</span><${Segments} label="Next update in" value=${draft.next} set=${put("next")} choices=${NEXT_MIN} /></div>
      <${Field} label="What it means for them, in their words" className="span2" help="What they notice, what they can do. No cause that is not known, no promise of money.">${(id) => html`<${TextArea} id=${id} rows=${4} value=${draft.text} set=${put("text")} />`}<//>
    </div>
    <h3>What they will read</h3><blockquote class="read"><${NextAt} draft=${draft} subject=${subject} /></blockquote>
    <div class="row gap">${may ? html`<${SendUpdate} data=${data} people=${list.people} then=${() => clear({ ...initial(updates), text: "" })} />` : html`<p class="help">Only communications or the commander can send an update.</p>`}</div>
    <${Refusal} about="send_update" /></div><//>`;
});

// The words carry the time of sending, so they are made at the press.
const SendUpdate = ({ data, people, then }) => {
  useTick(1000);
  return html`<${Act} kind="p" icon="mail" command="send_update" data=${data()} then=${then}>Send to ${people} people<//>`;
};

const Sent = memo(({ sent }) => html`<${Card} name="sent" title="Sent" note=${`${sent.length}`} grow>${sent.length ? html`<div class="scroll" tabindex="0" role="region" aria-label="Updates sent"><ul class="sent">${[...sent].reverse().map((one) => html`<li key=${one.n}>
  <div class="row"><span class="m">${one.story}</span><${Chip} icon="mail">${one.list}<//><span class="sp"></span><span class="q xs">${one.by}</span></div><p>${one.text}</p>${one.claims && one.claims.length > 0 && html`<${ClaimChips} claims=${one.claims} />`}</li>`)}</ul></div>`
  : html`<${Empty}>Nothing has been sent. People outside know nothing yet.<//>`}<//>`);

// Who only watches has nothing to write: they see what was sent.
export const UpdatesView = memo(({ updates, me, subject, watches }) => {
  const sent = html`<${Sent} sent=${updates.sent || []} />`;
  if (watches) return html`<div class="view">${sent}</div>`;
  return html`<div class="view two"><${ComposeUpdate} updates=${updates} subject=${subject} may=${me.may.includes("send_update")} />${sent}</div>`;
});
