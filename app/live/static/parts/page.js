// A page to me: the only thing that may move, sound and take the focus.
import { html, useEffect, useLive, useRef, useTick } from "../h.js";
import { countdown, duration } from "../format.js";
import { trapTab } from "../keys.js";
import { Exercise } from "./bar.js";
import { Act, Kbd, Refusal } from "./base.js";
import { Icon } from "./icons.js";

const RING_EVERY_MS = 2400;
const MUTED = "stormdrill:muted";

// Sound, title, desktop notification. Rings from the message, so a hidden tab rings too.
export class Pager {
  constructor() {
    this.rung = new Set();
    this.shown = new Map();
    try { this.muted = localStorage.getItem(MUTED) === "1"; } catch { this.muted = false; }
    this.wake = () => {
      this.audio = this.audio || (window.AudioContext ? new AudioContext() : null);
      if (this.audio && this.audio.state === "suspended") this.audio.resume();
    };
    ["pointerdown", "keydown"].forEach((kind) => addEventListener(kind, this.wake, { capture: true }));
  }

  notifications() { return window.Notification ? Notification.permission : "denied"; }
  allow() { return window.Notification ? Notification.requestPermission() : Promise.resolve("denied"); }

  mute(on) {
    this.muted = on;
    try { localStorage.setItem(MUTED, on ? "1" : "0"); } catch { /* this tab only */ }
  }

  // Two tones, 880 and 660 Hz, a fifth of a second each, twice.
  tone() {
    if (this.muted || !this.audio || this.audio.state !== "running") return false;
    const start = this.audio.currentTime;
    [880, 660, 880, 660].forEach((hertz, i) => {
      const gain = this.audio.createGain();
      const tone = this.audio.createOscillator();
      const from = start + i * 0.22;
      tone.frequency.value = hertz;
      gain.gain.setValueAtTime(0.0001, from);
      gain.gain.exponentialRampToValueAtTime(0.18, from + 0.02);
      gain.gain.exponentialRampToValueAtTime(0.0001, from + 0.2);
      tone.connect(gain).connect(this.audio.destination);
      tone.start(from);
      tone.stop(from + 0.21);
    });
    return true;
  }

  test() { this.wake(); this.tone(); }

  // Called with the pages that ring now, at every message.
  ring(pages) {
    pages.forEach((page) => {
      if (this.rung.has(page.id)) return;
      this.rung.add(page.id);
      this.tone();
      if (navigator.vibrate && navigator.userActivation && navigator.userActivation.hasBeenActive) navigator.vibrate([200, 100, 200]);
      this.#notify(page);
    });
    const ringing = new Set(pages.map((page) => page.id));
    this.shown.forEach((note, id) => { if (!ringing.has(id)) { note.close(); this.shown.delete(id); } });
    this.#badge(pages);
    if (pages.length && !this.timer) this.timer = setInterval(() => { this.tone(); this.#badge(this.pages); }, RING_EVERY_MS);
    if (!pages.length) { clearInterval(this.timer); this.timer = null; }
    this.pages = pages;
  }

  #notify(page) {
    if (this.notifications() !== "granted") return;
    try {
      const note = new Notification(`EXERCISE · Page from ${page.from}`, { body: page.title, tag: `stormdrill-${page.id}`, requireInteraction: true });
      note.onclick = () => { window.focus(); note.close(); };
      this.shown.set(page.id, note);
    } catch { /* some browsers allow notifications only from a service worker */ }
  }

  #badge(pages) {
    const badge = pages.length ? `(${pages.length}) PAGE ${pages[0].title.slice(0, 40).trim()}` : null;
    if (badge) {
      if (document.title !== this.badge) this.title = document.title;
      document.title = badge;
    } else if (this.badge && document.title === this.badge) document.title = this.title;
    this.badge = badge;
  }

  close() {
    this.ring([]);
    ["pointerdown", "keydown"].forEach((kind) => removeEventListener(kind, this.wake, { capture: true }));
    if (this.audio) this.audio.close();
  }
}

const Waited = ({ page }) => {
  const { store } = useLive();
  useTick(250);
  const waited = Math.max(page.waiting_ms, store.now() - page.since_ms);
  return html`<div class="waited"><b class="m">${countdown(waited)}</b><span>waiting${page.limit_ms ? `, of ${duration(page.limit_ms)}` : ""}</span></div>`;
};

const words = (value) => (typeof value === "string" ? value : value && (value.title || value.text));

export const ringing = (state) => ((state && state.pages) || []).filter((page) => page.state === "ringing");

export const PageOverlay = ({ pages, title }) => {
  const { store } = useLive();
  const box = useRef(null);
  const page = pages[0];
  useEffect(() => { box.current.querySelector("[data-ack]").focus(); }, [page.id]);
  const about = `page.${page.id}`;
  const facts = [["Why you", page.why], ["Since", page.facts && page.facts.some(([label]) => label === "Since") ? null : store.both(page.since_ms)], ...(page.facts || []), ["Read first", words(page.read_first)]].filter(([, value]) => value);
  return html`<div class="dim page"><div class="only-phone"><${Exercise} title=${title} /></div><section ref=${box} class="pg" data-part="page" role="alertdialog" aria-modal="true" aria-labelledby="page-title" aria-describedby="page-facts" onKeyDown=${(e) => trapTab(e, box.current)}>
    <div class="top"><span class="ring"><${Icon} name="bell" size=${20} /></span><div><b>Page for you${pages.length > 1 ? `, 1 of ${pages.length}` : ""}</b><div class="sm">from ${page.from}</div></div><span class="sp"></span><${Waited} page=${page} /></div>
    <div class="bd"><h1 id="page-title">${page.title}</h1><dl class="facts" id="page-facts">${facts.map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>
      <div class="acts"><${Act} kind="p lg" icon="check" data-ack command="acknowledge_page" data=${{ page: page.id }} about=${about}>Acknowledge <${Kbd}>A<//><//></div><${Refusal} about=${about} /></div></section></div>`;
};
