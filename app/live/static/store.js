// What the seat knows: the last full picture and the deltas since. The only place that holds it.
import { Clock, momentOf, storyAt, storyStart } from "./clock.js";
import { tPlus } from "./format.js";

// Pure: what a message makes of a picture {rev, state}. `gap` asks for a resync.
export const applyMessage = (picture, message) => {
  if (message.type === "full") return { picture: { rev: message.rev, state: message.state }, gap: false };
  if (message.type !== "delta") return { picture, gap: false };
  if (!picture) return { picture, gap: true };
  if (message.rev <= picture.rev) return { picture, gap: false };
  if (message.base !== picture.rev) return { picture, gap: true };
  return { picture: { rev: message.rev, state: { ...picture.state, ...message.set } }, gap: false };
};

export class Store {
  constructor(wall) {
    this.clock = new Clock(wall);
    this.picture = null;
    this.link = { state: "connecting", since: Date.now(), why: null };
    this.start_min = 0;
    this.listeners = new Set();
    this.waiters = [];
  }

  get state() { return this.picture && this.picture.state; }
  get live() { return this.link.state === "live"; }
  now() { return this.clock.now(); }

  subscribe(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  // Takes one message of the stream; answers true when a resync is needed.
  receive(message) {
    const { picture, gap } = applyMessage(this.picture, message);
    if (picture === this.picture) return gap;
    this.picture = picture;
    const carried = message.type === "full" || (message.set && ("clock" in message.set || "drill" in message.set));
    if (carried && this.state.clock) this.#anchor();
    this.#tell();
    return gap;
  }

  #anchor() {
    const { clock, drill } = this.state;
    this.clock.set(clock, clock.state === "running" && (!drill || drill.state === "running"));
    this.start_min = storyStart(clock.story, clock.t_ms);
  }

  setLink(state, why = null) {
    if (this.link.state === state && this.link.why === why) return;
    if (this.link.state === "live") this.clock.freeze();
    this.link = { state, since: Date.now(), why };
    if (state === "live") this.waiters.splice(0).forEach((go) => go());
    this.#tell();
  }

  // Resolves as soon as the stream is up: commands wait for it.
  whenLive() {
    return this.live ? Promise.resolve() : new Promise((go) => this.waiters.push(go));
  }

  // "03:26" and "Wed 03:26" of a simulated time.
  time(t_ms) { return storyAt(this.start_min, t_ms).time; }
  dayTime(t_ms) { const at = storyAt(this.start_min, t_ms); return `${at.day} ${at.time}`; }
  both(t_ms) { return `${this.dayTime(t_ms)} · ${tPlus(t_ms)}`; }

  moment(text) { return momentOf(this.start_min, text, this.now()); }

  #tell() { this.listeners.forEach((listener) => listener()); }
}
