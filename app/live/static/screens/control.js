// The facilitator's control room: what is coming, what is watched, who is there, the world as it truly is; and the clock.
import { html, useEffect, useLive, useState, useTick } from "../h.js";
import { sentence } from "../format.js";
import { AsOf, ClockControls, Confirm, Exercise, Halted, Link, Now, StateChip } from "../parts/bar.js";
import { Act, Button, Chip, Refusal, Segments } from "../parts/base.js";
import { Channel } from "../parts/channel.js";
import { HelpDialog } from "../parts/dialogs.js";
import { Icon } from "../parts/icons.js";
import { InjectDialog, Injects } from "../parts/control/injects.js";
import { Roster } from "../parts/control/roster.js";
import { SendNow, Undo } from "../parts/control/send.js";
import { Timeline } from "../parts/control/timeline.js";
import { Truth } from "../parts/control/truth.js";
import { Conditions, Questions } from "../parts/control/watched.js";
import { Notes } from "../parts/notes.js";

const STEP_MS = 10000; // how often the axis follows the clock, in simulated time

const Nav = ({ state, options, help }) => html`<header class="nav control">${options.home !== false && html`<a class="logo" href=${options.home || "/"}><b aria-hidden="true"></b>Stormdrill</a>`}
  <nav aria-label="Views" class="tabs"><span class="tab on" aria-current="page"><${Icon} name="grid" size=${15} />Control room</span>
    <a class="tab" href=${`/lobby?d=${encodeURIComponent(state.drill.id)}`}><${Icon} name="users" size=${15} />People and code</a>
    <a class="tab" href=${`/console?d=${encodeURIComponent(state.drill.id)}&watch=projector`} target="stormdrill-projector"><${Icon} name="video" size=${15} />Projector</a>
    <a class="tab" href="/drills"><${Icon} name="flag" size=${15} />All drills</a></nav><span class="sp"></span>
  <button type="button" class="tab" aria-label="Help and pager" title="Help and pager" onClick=${help}><${Icon} name="more" /></button></header>`;

// The next planned inject, to which the clock may skip when nothing hinders it.
const nextOf = (state) => state.timeline.filter((row) => row.state === "planned" && row.t_ms > state.clock.t_ms + 60000)[0];

const ToNext = ({ state }) => {
  const next = nextOf(state);
  const { clock } = state;
  if (!next || !clock.skip || (clock.skip.needs_card && next.t_ms > clock.t_ms)) return null;
  if (next.t_ms > clock.skip.to_ms) return null;
  return html`<${Act} kind="sm wide" icon="skip" command="skip" data=${{ to_ms: next.t_ms }} about="clock.next" title=${`Skip to ${next.story}: ${next.title || next.from}`}>To next inject ${next.story.slice(4)}<//><${Refusal} about="clock.next" />`;
};

const REAL = "Something outside the exercise needs everybody. The drill ends for all at once, and every screen says why. This cannot be undone.";

const Bar = ({ state, link, options }) => {
  const [asking, ask] = useState(false);
  const ended = state.drill.state === "ended";
  return html`<div class="bar control" data-part="bar"><${Now} />
    ${!ended && html`<${ClockControls} clock=${state.clock} /><${ToNext} state=${state} />`}<${StateChip} state=${state} link=${link} /><span class="sp"></span>
    <span class="q wide">${state.clock.act.title ? `Act ${state.clock.act.title.toLowerCase()}, ends by ${state.clock.end_story}` : ""}</span>
    ${!ended && html`<${Button} kind="danger sm" icon="stop" onClick=${() => ask(true)}>Stop, real<//>`}
    <${Chip} kind="ex">${[state.me.title, options.name].filter(Boolean).join(" · ")}<//><span class="linkstate" role="status"><${Link} link=${link} /></span>
    ${asking && html`<${Confirm} title="Stop for something real?" label="Stop for everybody" kind="danger" command="stop" data=${{ reason: "real world" }} close=${() => ask(false)} text=${REAL} />`}</div>`;
};

const Frozen = ({ freeze }) => (freeze ? html`<div class="asof frozen"><${Icon} name="pause" size=${14} /><b>The exercise asks the team.</b><span>${freeze.question}${freeze.left_s !== null && freeze.left_s !== undefined ? ` ${freeze.left_s} s left.` : ""}</span></div>` : null);

const Ended = ({ state, store }) => html`<section class="card ended" role="status" aria-label="The drill has ended"><div><h1>The drill has ended</h1>
  <p>${store.both(state.clock.t_ms)}. ${state.drill.end_reason ? `${sentence(state.drill.end_reason)}. ` : ""}Everybody who was in it can open the scorecard.</p></div>
  ${state.drill.scorecard_url && html`<a class="btn p lg" href=${state.drill.scorecard_url}>Open the scorecard</a>`}</section>`;

const useNow = () => {
  const { store } = useLive();
  useTick(1000);
  return Math.floor(store.now() / STEP_MS) * STEP_MS;
};

const Room = ({ state, choose, phone }) => {
  const now_ms = useNow();
  return html`<div class="view cols control"><div class="main">
    <${Timeline} timeline=${state.timeline} happened=${state.happened} now_ms=${now_ms} choose=${choose} />
    <div class="pairs2"><${Injects} timeline=${state.timeline} choose=${choose} /><${Conditions} milestones=${state.milestones} timeline=${state.timeline} nudges=${state.nudges} choose=${choose} /></div>
    <${Truth} world=${state.world} /></div>
    <div class="side"><${Roster} roster=${state.roster} guests=${state.guests} drill=${state.drill} />
      ${state.drill.state !== "ended" && html`<${SendNow} choices=${state.choices} roster=${state.roster} />`}
      ${state.questions.length > 0 && html`<${Questions} questions=${state.questions} />`}
      <${Heard} state=${state} /></div></div>`;
};

// What the team says, and what was noted about it: one place, two sides.
const Heard = ({ state }) => {
  const [side, setSide] = useState("notes");
  return html`<div class="heard grow"><${Segments} label="Notes or bridge" value=${side} set=${setSide} choices=${[["notes", `Notes${state.notes.length ? ` ${state.notes.length}` : ""}`], ["bridge", "Bridge"]]} />
    ${side === "notes" ? html`<${Notes} notes=${state.notes} tags=${state.choices.tags} title="Notes" />` : html`<${Channel} channel=${state.channel} />`}</div>`;
};

export const ControlRoom = ({ state, link, options, store, phone }) => {
  const [chosen, choose] = useState(null);
  const [help, setHelp] = useState(false);
  const row = chosen && state.timeline.find((one) => one.inject === chosen);
  const ended = state.drill.state === "ended";
  return html`<div class="under"><${Nav} state=${state} options=${options} help=${() => setHelp(true)} />
    <${Exercise} title=${state.drill.title} marker=${state.strip.marker} /><${Bar} state=${state} link=${link} options=${options} />
    ${link.state !== "live" && html`<${AsOf} link=${link} />`}<${Halted} clock=${state.clock} /><${Frozen} freeze=${state.clock.freeze} />
    <main class="body ${link.state === "live" ? "" : "stale"}">${ended && html`<${Ended} state=${state} store=${store} />`}<${Room} state=${state} choose=${choose} phone=${phone} /></main>
    <${Undo} timeline=${state.timeline} />
    ${row && html`<${InjectDialog} key=${row.inject} row=${row} close=${() => choose(null)} />`}${help && html`<${HelpDialog} close=${() => setHelp(false)} />`}</div>`;
};
