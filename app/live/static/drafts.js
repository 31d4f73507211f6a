// Drafts stay in the browser until they are sent: one drawer per drill and seat.
import { useLive, useState } from "./h.js";

export class Drafts {
  constructor(drill, seat, storage = safeStorage()) {
    this.prefix = `stormdrill:${drill}:${seat}:`;
    this.storage = storage;
  }

  get(name) {
    try { return JSON.parse(this.storage.getItem(this.prefix + name)); } catch { return null; }
  }

  set(name, value) {
    try { this.storage.setItem(this.prefix + name, JSON.stringify(value)); } catch { /* full or forbidden: the text is still on the screen */ }
  }

  clear(name) { this.storage.removeItem(this.prefix + name); }
}

const safeStorage = () => {
  try { return window.localStorage; } catch { return { getItem: () => null, setItem: () => {}, removeItem: () => {} }; }
};

// Like useState, but kept over reconnects, reloads and restarts. Answers [value, set, clear].
export const useDraft = (name, initial) => {
  const { drafts } = useLive();
  const kept = drafts.get(name);
  const [value, setValue] = useState(kept === null ? initial : kept);
  const set = (next) => { drafts.set(name, next); setValue(next); };
  const clear = (next = initial) => { drafts.clear(name); setValue(next); };
  return [value, set, clear];
};
