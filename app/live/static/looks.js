// "I looked at it": told to the record once per target and signal, not at every click; of the team's looks only,
// not of who watches and takes notes.
const SAME_LOOK_MS = 30000;

export class Looks {
  constructor(store, commands, wall = () => performance.now()) {
    this.store = store;
    this.commands = commands;
    this.wall = wall;
    this.last = new Map();
  }

  take(target, signal) {
    const { me } = this.store.state;
    const key = `${target}|${signal}`;
    if (!me.may.includes("take_look") || me.may.includes("note_observation") || this.wall() - (this.last.get(key) ?? -Infinity) < SAME_LOOK_MS) return;
    this.last.set(key, this.wall());
    this.commands.send("take_look", { target, signal }, `look.${key}`);
  }
}
