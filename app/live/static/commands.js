// What a person does: one POST a command, the same id on a retry, refusals kept beside the control that caused them.
const RETRY_MS = [500, 1000, 2000, 4000, 5000];
const ANSWER_MS = 10000; // a request without an answer is sent again under the same id, instead of holding its button for ever
const pause = (ms) => new Promise((go) => setTimeout(go, ms));

// A random UUID (version 4), also where crypto.randomUUID is absent (plain http on a local network).
export const uuid = () => {
  if (crypto.randomUUID) return crypto.randomUUID();
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = (b[6] & 0x0f) | 0x40;
  b[8] = (b[8] & 0x3f) | 0x80;
  const hex = [...b].map((n) => n.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
};

const readRefusal = async (answer) => {
  const body = await answer.json().catch(() => ({}));
  return { error: body.error || `The server answered ${answer.status}.`, cure: body.cure || "Try again; if it stays, tell the facilitator." };
};

export class Commands {
  constructor(base, store, { looksOnly = false, fetcher = (...args) => fetch(...args) } = {}) {
    this.base = base;
    this.looksOnly = looksOnly;
    this.store = store;
    this.fetch = fetcher;
    this.busy = new Map();
    this.refusals = new Map();
    this.done = []; // what was done by a form, newest last: {id, text}
    this.listeners = new Set();
  }

  subscribe(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  // Sends a command. `about` names the control, so that its answer stands beside it. Answers {ok, ...}.
  async send(command, data = {}, about = command) {
    if (this.busy.has(about)) return { ok: false, busy: true };
    if (this.looksOnly) return { ok: false };
    this.busy.set(about, command);
    this.refusals.delete(about);
    this.#tell();
    const outcome = await this.#deliver({ command_id: uuid(), command, data });
    this.busy.delete(about);
    if (!outcome.ok) this.refusals.set(about, outcome);
    this.#tell();
    return outcome;
  }

  async #deliver(body) {
    for (let attempt = 0; ; attempt += 1) {
      await this.store.whenLive();
      let answer;
      try {
        answer = await this.#post("commands", body);
      } catch {
        await pause(RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)]);
        continue;
      }
      if (answer.ok) return { ok: true, ...(await answer.json().catch(() => ({}))) };
      if ((answer.status < 500 && answer.status !== 429) || attempt >= 3) return { ok: false, ...(await readRefusal(answer)) };
      await pause(RETRY_MS[attempt]);
    }
  }

  #post(path, body) {
    return this.fetch(`${this.base}/${path}`, {
      method: "POST",
      credentials: "same-origin",
      signal: AbortSignal.timeout ? AbortSignal.timeout(ANSWER_MS) : undefined,
      headers: { "Content-Type": "application/json", "X-Stormdrill": "1" },
      body: JSON.stringify(body),
    });
  }

  // Say that a form's deed was done; the corner shows it for a while.
  tell(text) {
    this.done = [...this.done.slice(-4), { id: uuid(), text }];
    this.#tell();
  }

  dismiss(about) {
    if (this.refusals.delete(about)) this.#tell();
  }

  // What an operation would do, before it is started.
  async preview(operation, params) {
    const answer = await this.#post("preview", { operation, params });
    return answer.ok ? answer.json() : { refused: await readRefusal(answer) };
  }

  // Whom an inject by hand would reach, and how; for the control room.
  async lookAtInject(data) {
    const answer = await this.#post("inject-preview", data);
    return answer.ok ? answer.json() : { refused: await readRefusal(answer) };
  }

  // Whether a form is open; nothing depends on the answer.
  writing(open) {
    const me = this.store.state && this.store.state.drill;
    if (me && me.state !== "ended" && !this.looksOnly) this.#post("writing", { open }).then((answer) => answer.text()).catch(() => {});
  }

  async logs({ site, service, text, minutes }) {
    const query = new URLSearchParams({ limit: "500" });
    Object.entries({ site, service, text, minutes }).forEach(([key, value]) => value && query.set(key, value));
    const answer = await this.fetch(`${this.base}/logs?${query}`, { credentials: "same-origin", headers: { "X-Stormdrill": "1" } });
    if (!answer.ok) return { refused: await readRefusal(answer) };
    const body = await answer.json();
    return { lines: Array.isArray(body) ? body : body.lines || [] };
  }

  #tell() { this.listeners.forEach((listener) => listener()); }
}
