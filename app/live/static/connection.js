// The stream: one WebSocket, opened again with a growing pause, resync on a gap, a ping every 10 s.
const PAUSES_MS = [500, 1000, 2000, 3500, 5000];
const PING_MS = 10000;
const SILENCE_MS = 25000;
const RELOAD_MS = 1500; // long enough to read why
const FINAL_CODES = new Set([4401, 4403, 4404]);

export class Connection {
  constructor(url, store, { Socket = WebSocket } = {}) {
    this.url = url;
    this.store = store;
    this.Socket = Socket;
    this.attempt = 0;
    this.closed = false;
    this.resyncing = false;
    this.onOnline = () => { if (!this.socket && !this.closed) this.open(); };
    addEventListener("online", this.onOnline);
    this.open();
  }

  open() {
    clearTimeout(this.timer);
    const socket = new this.Socket(this.url);
    this.socket = socket;
    this.heard = Date.now();
    this.answers = false;
    socket.onmessage = (event) => this.#hear(socket, event.data);
    socket.onclose = (event) => this.#lost(socket, event);
    socket.onerror = () => {};
    clearInterval(this.pinger);
    this.pinger = setInterval(() => this.#ping(socket), PING_MS);
  }

  #hear(socket, text) {
    if (socket !== this.socket) return;
    this.heard = Date.now();
    const message = JSON.parse(text);
    if (message.type === "pong") this.answers = true;
    if (message.type === "bye") return this.#bye(message);
    if (message.type === "full") {
      this.attempt = 0;
      this.resyncing = false;
      this.store.setLink("live");
    }
    if (this.store.receive(message) && !this.resyncing) {
      this.resyncing = true;
      this.#send({ type: "resync" });
    }
  }

  #bye(message) {
    if (!message.final) return;
    this.closed = true;
    this.store.setLink("gone", message.why || "The server ended the stream.");
    if (message.reload) setTimeout(() => location.reload(), RELOAD_MS);
  }

  #ping(socket) {
    if (this.answers && Date.now() - this.heard > SILENCE_MS) return socket.close();
    this.#send({ type: "ping" });
  }

  #send(message) {
    if (this.socket && this.socket.readyState === 1) this.socket.send(JSON.stringify(message));
  }

  #lost(socket, event) {
    if (socket !== this.socket) return;
    this.socket = null;
    clearInterval(this.pinger);
    if (this.closed) return;
    if (FINAL_CODES.has(event.code)) {
      this.closed = true;
      return this.store.setLink("gone", event.reason || "This seat is not open to this browser. Open the link of your seat again.");
    }
    this.store.setLink(this.store.picture ? "reconnecting" : "connecting");
    const pause_ms = PAUSES_MS[Math.min(this.attempt, PAUSES_MS.length - 1)];
    this.attempt += 1;
    this.timer = setTimeout(() => this.open(), pause_ms);
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    clearInterval(this.pinger);
    removeEventListener("online", this.onOnline);
    if (this.socket) this.socket.close();
  }
}
