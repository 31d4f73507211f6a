// Drafts stay in the browser until they are sent: one drawer per drill and seat, and beside it one of this tab's own,
// so that what another tab of the seat writes or sends takes nothing away. A new tab finds what was written last.
import { useLive, useState } from "./h.js";

export class Drafts {
  constructor(drill, seat, storage = safeStorage("localStorage"), own = safeStorage("sessionStorage")) {
    this.prefix = `stormdrill:${drill}:${seat}:`;
    this.storage = storage;
    this.own = own;
  }

  get(name) {
    try {
      const mine = this.own.getItem(this.prefix + name);
      return JSON.parse(mine === null ? this.storage.getItem(this.prefix + name) : mine);
    } catch { return null; }
  }

  set(name, value) {
    for (const drawer of [this.own, this.storage]) {
      try { drawer.setItem(this.prefix + name, JSON.stringify(value)); } catch { /* full or forbidden: the text is still on the screen */ }
    }
  }

  // Forgets this tab's draft; "null" stays in its drawer, so that the draft of another tab does not turn up here.
  clear(name) {
    const key = this.prefix + name;
    try {
      const mine = this.own.getItem(key);
      if (mine === null || mine === this.storage.getItem(key)) this.storage.removeItem(key);
      this.own.setItem(key, "null");
    } catch { /* forbidden: nothing was kept */ }
  }
}

const safeStorage = (kind) => {
  try { return window[kind]; } catch { return { getItem: () => null, setItem: () => {}, removeItem: () => {} }; }
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
