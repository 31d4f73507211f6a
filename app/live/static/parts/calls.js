// Calls and meetings: the strip of one that runs. What was said reaches nobody else until it is noted.
import { html, memo, useLive, useTick } from "../h.js";
import { countdown } from "../format.js";
import { Act, Button, Refusal } from "./base.js";
import { Icon } from "./icons.js";

const Lasts = ({ call }) => {
  const { store } = useLive();
  useTick(1000);
  return html`<span class="m">${countdown(store.now() - call.started_ms)}</span>`;
};

const names = (call) => (call.with.length > 3 ? `${call.with.slice(0, 2).join(", ")} and ${call.with.length - 2} more` : call.with.join(", "));

const Strip = ({ call, may }) => {
  const { ui } = useLive();
  const about = `calling.${call.call}`;
  return html`<div class="callbar" role="group" aria-label=${`Call with ${names(call)}`}><${Icon} name=${call.medium === "video" ? "video" : "phone"} size=${15} /><b class="el">${call.in_it ? (call.present.length > 1 ? "On a call with" : "Ringing") : "They are on a call:"} ${names(call)}</b><${Lasts} call=${call} />
    <span class="q el">${call.present.length > 1 ? `there: ${call.present.join(", ")}` : "nobody has answered yet"}</span><span class="sp"></span>
    ${call.in_it && may.has("note_call") && html`<${Button} kind="sm" icon="edit" onClick=${() => ui.open("note_call", { call: call.call })}>Note<//>`}
    ${!call.in_it && may.has("join_call") && html`<${Act} kind="sm p" icon="phone" command="join_call" data=${{ call: call.call }} about=${about}>Join<//>`}
    ${call.in_it && may.has("end_call") && html`<${Act} kind="sm danger" icon="x" command="end_call" data=${{ call: call.call }} about=${about}>Hang up<//>`}<${Refusal} about=${about} /></div>`;
};

export const CallStrips = memo(({ calls, me }) => {
  const running = (calls || []).filter((call) => call.ended_ms === null).slice(-2);
  if (!running.length) return null;
  const may = new Set(me.may);
  return html`<div class="calls" data-part="calls">${running.map((call) => html`<${Strip} key=${call.call} call=${call} may=${may} />`)}</div>`;
});
