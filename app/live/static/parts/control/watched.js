// What the facilitator keeps an eye on: milestones of the team, conditions of the script, where the team is stuck.
import { html, memo } from "../../h.js";
import { useDraft } from "../../drafts.js";
import { Act, Button, Card, Empty, Refusal } from "../base.js";
import { Icon } from "../icons.js";
import { titleOf } from "./timeline.js";

const Milestone = ({ one }) => html`<li class="cond"><span class=${one.t_ms !== null ? "c-lvl" : "q"}><span class="lvmark ${one.t_ms !== null ? "met" : ""}" aria-hidden="true"></span></span><span>${one.title}</span>
  <span class="q">${one.story || "not yet"}</span></li>`;

const value = (row) => (typeof row.value === "number" ? `now ${row.value}` : row.of > 1 ? `${row.came} of ${row.of}` : "");

const Watched = ({ row, choose }) => html`<li class="cond"><span class="q"><${Icon} name="eye" size=${12} /></span>
  <span class="grow"><button type="button" class="link el" onClick=${() => choose(row.inject)}>${titleOf(row)}</button><span class="q block">${row.when}</span></span><span class="q">${value(row)}</span></li>`;

const keyOf = (one) => `${one.id}:${one.to}`;

const Stuck = ({ one, put }) => html`<div class="stuck"><${Icon} name="bulb" size=${16} /><div class="grow"><p><b>${one.to_title} may be stuck.</b> ${one.bot ? "A bot plays it." : `Ask: “${one.ask}”`}</p>
  <p class="q">${one.point ? `Point at ${one.point}. ` : ""}${one.do ? `What else helps: ${one.do}.` : ""}</p>
  <div class="row gap6">${!one.bot && html`<${Act} kind="sm" icon="chat" command="nudge_seat" data=${{ to: one.to, text: one.send }} about=${`stuck.${keyOf(one)}`} then=${() => put(one)}>Ask it now<//>`}<${Button} kind="sm ghost" onClick=${() => put(one)}>Not now<//></div>
  <${Refusal} about=${`stuck.${keyOf(one)}`} /></div></div>`;

export const Conditions = memo(({ milestones, timeline, nudges, choose }) => {
  const [away, setAway] = useDraft("stuck", []);
  const waits = timeline.filter((row) => row.state === "watched");
  const stuck = nudges.filter((one) => !away.includes(keyOf(one)));
  return html`<${Card} name="conditions" title="Conditions watched" note=${`${waits.length} of the script`} grow>
    <div class="scroll" tabindex="0" role="group" aria-label="Conditions watched"><ul>${milestones.map((one) => html`<${Milestone} key=${one.kind} one=${one} />`)}${waits.map((row) => html`<${Watched} key=${row.inject} row=${row} choose=${choose} />`)}</ul></div>
    ${stuck.slice(0, 1).map((one) => html`<${Stuck} key=${keyOf(one)} one=${one} put=${(what) => setAway([...away, keyOf(what)].slice(-40))} />`)}<//>`;
});

export const Questions = memo(({ questions }) => html`<${Card} name="questions" title="Asked of the team" note=${questions.length ? `${questions.length} open` : null}>
  ${questions.length ? html`<ul class="asks scrolls">${questions.map((one) => html`<li key=${one.question} class="cond"><span class="q m">${one.story}</span><span class="grow"><b>${one.from}</b> <span class="q">to ${one.to_title}</span><span class="block s">${one.text}</span></span>${one.step > 0 && html`<span class="q">asked ${one.step + 1} times</span>`}</li>`)}</ul>`
    : html`<${Empty}>Nobody waits for an answer.<//>`}<//>`);
