// Log search: lines counted together, the view can be paused, a chosen line becomes evidence.
import { html, memo, useEffect, useLive, useRef, useState } from "../h.js";
import { whole } from "../format.js";
import { useDraft } from "../drafts.js";
import { Act, Button, Card, Chip, Empty, Refusal, Select } from "./base.js";
import { siteTitle } from "./board.js";
import { Glyph, Icon } from "./icons.js";

const REFRESH_MS = 4000;
const LEVELS = { error: ["down", "down"], fatal: ["down", "down"], warn: ["deg", "deg"], warning: ["deg", "deg"], info: ["up", "plain"], debug: ["idle", "plain"] };
const MINUTES = [[5, "5 min"], [10, "10 min"], [30, "30 min"], [60, "1 h"]].map(([n, word]) => [String(n), `last ${word}`]);
const LEVELS_SHOWN = [["warn", "warn and worse"], ["", "all levels"]];
const isMinor = (line) => ["info", "debug"].includes(line.level);
const keyOf = (line) => `${line.level}|${line.source}|${line.site}|${line.text}`;

// Same lines are counted together; the newest time stands for all.
export const gather = (lines) => {
  const found = new Map();
  lines.forEach((raw) => {
    const line = { ...raw, level: raw.level.toLowerCase(), count: raw.count || 1 };
    const known = found.get(keyOf(line));
    if (known) Object.assign(known, { count: known.count + line.count, t_ms: Math.max(known.t_ms, line.t_ms) });
    else found.set(keyOf(line), line);
  });
  return [...found.values()].sort((a, b) => b.t_ms - a.t_ms);
};

// Asks again while the stream lives and the view is not paused; a paused view counts what it does not show.
const useLogs = (query, paused, link) => {
  const { commands } = useLive();
  const [shown, setShown] = useState(null);
  const [fresh, setFresh] = useState(0);
  const [failed, setFailed] = useState(null);
  const stand = useRef(null);
  useEffect(() => {
    let gone = false;
    const ask = async () => {
      if (document.hidden || link !== "live") return;
      const answer = await commands.logs(query).catch(() => null);
      if (gone || !answer) return;
      setFailed(answer.refused || null);
      if (answer.refused) return;
      const lines = gather(answer.lines);
      if (paused && stand.current) {
        const known = new Set(stand.current.map(keyOf));
        return setFresh(lines.filter((line) => !known.has(keyOf(line))).length);
      }
      stand.current = lines;
      setShown(lines);
      setFresh(0);
    };
    ask();
    const timer = setInterval(ask, REFRESH_MS);
    return () => { gone = true; clearInterval(timer); };
  }, [query.site, query.service, query.text, query.minutes, paused, link]);
  return { shown, fresh, failed };
};

const seconds = (store, t_ms) => `${store.time(t_ms)}:${String(Math.floor((((t_ms % 60000) + 60000) % 60000) / 1000)).padStart(2, "0")}`;

const Line = memo(({ line, place, chosen, choose }) => {
  const { store } = useLive();
  const [glyph, colour] = LEVELS[line.level] || LEVELS.info;
  return html`<li><button type="button" class="ln" aria-pressed=${chosen} onClick=${() => choose(line)}><span class="t">${seconds(store, line.t_ms)}</span>
    <span class="lv c-${colour}"><${Glyph} name=${glyph} size=${9} /> ${line.level}</span><span class="el">${line.source}${place ? `@${place}` : ""}</span>
    <span class="el tx" title=${line.text}>${line.text}</span><span class="ct">×${whole(line.count || 1)}</span></button></li>`;
});

const evidenceOf = (line, place) => `${line.source}${place ? `@${place}` : ""}: ${line.text} (×${line.count || 1})`;

// A line as evidence: for a new hypothesis, or said on the channel for one that stands.
const Evidence = ({ line, place, hypotheses, store, close }) => {
  const open = (hypotheses || []).filter((one) => one.state === "open" || one.state === "testing");
  const [which, setWhich] = useState(open.length ? open[0].hypothesis : "new");
  const [side, setSide] = useState("for");
  const [text, setText, clear] = useDraft("evidence", "");
  const said = `${seconds(store, line.t_ms)} ${evidenceOf(line, place)}`;
  const chosen = open.find((one) => one.hypothesis === which);
  const command = chosen ? "send_message" : "record_hypothesis";
  const data = chosen ? { text: `Evidence ${side} “${chosen.text}”: ${said}`, tags: ["evidence"] } : { text: text.trim(), evidence: said };
  return html`<div class="evidence"><${Select} aria-label="Hypothesis" value=${which} set=${setWhich} choices=${[...open.map((one) => [one.hypothesis, one.text]), ["new", "A new hypothesis"]]} />
    ${chosen ? html`<${Select} aria-label="For or against" value=${side} set=${setSide} choices=${[["for", "speaks for it"], ["against", "speaks against it"]]} />`
      : html`<input class="in" aria-label="What you think is going on" placeholder="What you think is going on" value=${text} onInput=${(e) => setText(e.target.value)} />`}
    <${Act} kind="sm p" command=${command} data=${data} about="logs.evidence" disabled=${!chosen && !text.trim()} then=${() => { clear(""); close(); }}>Add<//>
    <${Button} kind="sm ghost" onClick=${close}>Close<//><${Refusal} about="logs.evidence" /></div>`;
};

const Chosen = ({ line, place, me, hypotheses }) => {
  const { store } = useLive();
  const [adding, setAdding] = useState(false);
  const may = new Set(me.may);
  if (adding) return html`<${Evidence} line=${line} place=${place} hypotheses=${hypotheses} store=${store} close=${() => setAdding(false)} />`;
  return html`<span class="s wide">Chosen line:</span>${may.has("record_hypothesis") && html`<${Button} kind="sm" icon="bulb" onClick=${() => setAdding(true)}>Add as evidence to a hypothesis<//>`}
    ${may.has("send_message") && html`<${Act} kind="sm ghost" command="send_message" data=${{ text: `Log ${seconds(store, line.t_ms)} ${evidenceOf(line, place)}`, tags: ["log"] }} about="logs.say">Say on the bridge<//>`}<${Refusal} about="logs.say" />`;
};

const Search = ({ query, set, sites, services }) => {
  const [text, setText] = useState(query.text || "");
  useEffect(() => {
    const timer = setTimeout(() => text !== query.text && set({ text }), 300);
    return () => clearTimeout(timer);
  }, [text]);
  return html`<div class="logsearch" role="search"><span class="say"><${Icon} name="search" size=${13} /><input data-key="logs" aria-label="Search in the logs" placeholder="Search" value=${text} onInput=${(e) => setText(e.target.value)} /></span>
    <${Select} aria-label="Site" value=${query.site || ""} set=${(site) => set({ site })} choices=${[["", "all sites"], ...sites.map((site) => [site.id, site.title])]} />
    <${Select} aria-label="Service" value=${query.service || ""} set=${(service) => set({ service })} choices=${[["", "all services"], ...services.map((one) => [one.id, one.title])]} />
    <${Select} aria-label="Level" value=${query.level} set=${(level) => set({ level })} choices=${LEVELS_SHOWN} />
    <${Select} aria-label="Time" value=${String(query.minutes)} set=${(minutes) => set({ minutes: Number(minutes) })} choices=${MINUTES} /></div>`;
};

export const Logs = memo(({ query, setQuery, sites, services, me, hypotheses, link, grow = true }) => {
  const { looks } = useLive();
  const [paused, setPaused] = useState(false);
  const [chosen, setChosen] = useState(null);
  const { shown, fresh, failed } = useLogs(query, paused, link);
  const ask = (part) => {
    setQuery(part);
    const next = { ...query, ...part };
    looks.take(next.site || "all", "logs");
  };
  const choose = (line) => { setChosen(chosen && keyOf(chosen) === keyOf(line) ? null : line); setPaused(true); };
  const resume = () => { setPaused(false); setChosen(null); };
  const tools = paused ? html`<button type="button" class="chip act" onClick=${resume}><${Icon} name="pause" size=${12} />You paused your view, ${fresh} new</button>`
    : html`<${Button} kind="sm ghost" icon="pause" onClick=${() => setPaused(true)}>Pause my view<//>`;
  const lines = (shown || []).filter((line) => query.level === "" || !isMinor(line));
  const place = (id) => (id ? siteTitle(sites, id) : "");
  return html`<${Card} name="logs" className="logs" grow=${grow} title="Logs" mark=${html`<${Search} query=${query} set=${ask} sites=${sites} services=${services} />`} tools=${tools}>
    <div class="scroll" tabindex="0" role="region" aria-label="Log lines, newest first">
      ${failed ? html`<${Empty}><b>${failed.error}</b> ${failed.cure}<//>` : shown === null ? html`<div class="skeleton" aria-hidden="true"><i></i><i></i><i></i></div>`
        : lines.length ? html`<ul class="log">${lines.map((line) => html`<${Line} key=${keyOf(line)} line=${line} place=${place(line.site)} chosen=${Boolean(chosen && keyOf(chosen) === keyOf(line))} choose=${choose} />`)}</ul>`
          : html`<${Empty}>No line matches in this time. Widen the time, the level or the search.<//>`}</div>
    ${chosen && html`<div class="foot"><${Chosen} key=${keyOf(chosen)} line=${chosen} place=${place(chosen.site)} me=${me} hypotheses=${hypotheses} /></div>`}<//>`;
});
