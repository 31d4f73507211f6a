// The script as a list, and one inject opened: what it says, what it waits for, what it calls for, what can be done to it.
import { html, memo, useEffect, useLive, useState } from "../../h.js";
import { duration, sentence } from "../../format.js";
import { Act, Button, Card, Chip, Dialog, Empty, Field, Refusal, Segments, TextInput } from "../base.js";
import { Icon } from "../icons.js";
import { titleOf } from "./timeline.js";

const WORDS = { fired: ["check", "Came"], planned: ["clock", "Planned"], held: ["pause", "Held"], watched: ["eye", "Waits"], withdrawn: ["x", "Left out"], kept_away: ["x", "Kept away"] };
const isComing = (row) => ["planned", "held", "watched"].includes(row.state);

const presentOf = (row) => {
  if (typeof row.value === "number") return `now ${row.value}`;
  if (row.of) return row.of > 1 ? `${row.came} of ${row.of} came` : "";
  return "";
};

const sideOf = (row) => (row.outcome ? (row.outcome === "handled" ? "handled" : "ignored") : row.late_ms ? `${duration(row.late_ms)} late` : presentOf(row));

const about = (row) => `inject.${row.inject}`;

const SURE_MS = 4000;

// What cannot be taken back is pressed twice: the list may move under the pointer.
const Fire = ({ row }) => {
  const [sure, setSure] = useState(false);
  useEffect(() => {
    if (!sure) return undefined;
    const timer = setTimeout(() => setSure(false), SURE_MS);
    return () => clearTimeout(timer);
  }, [sure]);
  if (!sure) return html`<${Button} kind="xs" title="Let it come now; asks once more" onClick=${() => setSure(true)}>Fire now<//>`;
  return html`<${Act} kind="xs ex" command="trigger_inject" data=${{ inject: row.inject }} about=${about(row)} title="It cannot be taken back">Sure, fire<//>`;
};

// The two acts that are wanted most stand in the row; all of them in the dialog.
const RowActs = ({ row }) => html`<span class="rowacts">
  ${row.may.includes("trigger_inject") && html`<${Fire} row=${row} />`}
  ${row.may.includes("hold_inject") && html`<${Act} kind="xs" command="hold_inject" data=${{ inject: row.inject }} about=${about(row)} title="Keep it back until you release it">Hold<//>`}
  ${row.may.includes("release_inject") && html`<${Act} kind="xs" command="release_inject" data=${{ inject: row.inject }} about=${about(row)}>Release<//>`}</span>`;

const Row = memo(({ row, choose }) => {
  const [icon, word] = WORDS[row.state];
  return html`<li class="inj ${row.state}"><time>${row.story ? row.story.slice(4) : html`<${Icon} name="eye" size=${12} />`}</time>
    <div class="grow"><button type="button" class="link el" onClick=${() => choose(row.inject)}>${titleOf(row)}</button>
      <p class="q el">to ${row.to.join(", ")} · ${row.channel}${row.decoy ? " · decoy" : ""}${row.when && row.state !== "fired" ? ` · ${row.when}` : ""}</p><${Refusal} about=${about(row)} /></div>
    <div class="r"><span class="st xs ${row.state === "fired" ? "c-ex" : "s"}"><${Icon} name=${icon} size=${12} />${word}</span>${isComing(row) ? html`<${RowActs} row=${row} />` : html`<span class="q block">${sideOf(row)}</span>`}</div></li>`;
});

const SHOWN = [["coming", "Coming"], ["fired", "Came"], ["all", "All"]];

export const Injects = memo(({ timeline, choose }) => {
  const [shown, setShown] = useState("coming");
  const rows = timeline.filter((row) => shown === "all" || (shown === "fired" ? row.state === "fired" : isComing(row)));
  const count = (state) => timeline.filter((row) => row.state === state).length;
  const note = `${count("fired")} came, ${count("planned") + count("watched")} to come${count("held") ? `, ${count("held")} held` : ""}`;
  return html`<${Card} name="injects" title="Injects" note=${note} grow tools=${html`<${Segments} label="Which injects" value=${shown} set=${setShown} choices=${SHOWN} />`}>
    <div class="scroll" tabindex="0" role="group" aria-label="List of injects">${rows.length ? html`<ul class="injlist">${rows.map((row) => html`<${Row} key=${row.inject} row=${row} choose=${choose} />`)}</ul>` : html`<${Empty}>${shown === "fired" ? "Nothing has come yet." : "Nothing more is to come by the script."}<//>`}</div><//>`;
});

// The next moment, from now on, at a time of day.
export const nextMoment = (store, text) => {
  const back = store.moment(text);
  return back === null ? null : back <= store.now() - 60000 ? back + 86400000 : back;
};

const Move = ({ row, close }) => {
  const { store } = useLive();
  const [text, setText] = useState(row.t_ms !== null ? store.time(Math.max(row.t_ms, store.now())) : "");
  const to_ms = nextMoment(store, text);
  return html`<div class="row bottom gap"><${Field} label="Move to, story time" className="grow">${(id) => html`<${TextInput} id=${id} value=${text} set=${setText} placeholder="04:20" inputmode="numeric" />`}<//>
    <${Act} command="move_inject" data=${{ inject: row.inject, to_ms }} about=${about(row)} icon="clock" disabled=${to_ms === null} then=${close}>Move${to_ms !== null ? ` to ${store.dayTime(to_ms)}` : ""}<//></div>`;
};

const facts = (row) => [
  ["To", `${row.to.join(", ")}, by ${row.channel}`],
  ["From", row.from],
  row.when && ["Waits for", `${row.when}${presentOf(row) ? `; ${presentOf(row)}` : ""}`],
  row.story && [row.state === "fired" ? "Came" : "Comes", row.story],
  row.calls_for.length && ["Calls for", row.calls_for.join(", ")],
  row.note && ["Note", row.note],
  row.outcome && [sentence(row.outcome), row.outcome_text || "No consequence is written for it."],
].filter(Boolean);

export const InjectDialog = ({ row, close }) => html`<${Dialog} title=${row.title || `${row.from} to ${row.to.join(", ")}`} close=${close}>
  <div class="row tight wrap"><${Chip} kind=${row.state === "fired" ? "ex" : "line"} icon=${WORDS[row.state][0]}>${WORDS[row.state][1]}<//>${row.decoy && html`<${Chip} kind="line">Decoy<//>`}${row.by_hand && html`<${Chip} kind="ex">By hand<//>`}</div>
  ${row.text && html`<p class="read">${row.text}</p>`}
  <dl class="pv gapped">${facts(row).map(([label, words]) => html`<dt key=${label}>${label}</dt><dd>${words}</dd>`)}</dl>
  ${row.may.includes("move_inject") && html`<${Move} row=${row} close=${close} />`}
  <${Refusal} about=${about(row)} />
  <div class="row end wrap"><${Button} kind="ghost" onClick=${close} data-first>Close<//><span class="sp"></span>
    ${row.may.includes("withdraw_inject") && html`<${Act} command="withdraw_inject" data=${{ inject: row.inject }} about=${about(row)} icon="x" then=${close}>Leave out<//>`}
    ${row.may.includes("hold_inject") && html`<${Act} command="hold_inject" data=${{ inject: row.inject }} about=${about(row)} icon="pause" then=${close}>Hold<//>`}
    ${row.may.includes("release_inject") && html`<${Act} command="release_inject" data=${{ inject: row.inject }} about=${about(row)} icon="play" then=${close}>Release<//>`}
    ${row.may.includes("trigger_inject") && html`<${Act} kind="ex" command="trigger_inject" data=${{ inject: row.inject }} about=${about(row)} icon="bolt" then=${close}>Fire now<//>`}</div><//>`;
