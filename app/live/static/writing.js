// The clock slows while somebody writes: the server hears that a text has the focus, again while it has, and that it is left.
export const AGAIN_MS = 20000;
const LEFT_MS = 1500;

const isText = (el) => el && (el.tagName === "TEXTAREA" || (el.tagName === "INPUT" && ["text", "number"].includes(el.type) && !el.dataset.key));

export class Writing {
  constructor(root, commands) {
    this.root = root;
    this.commands = commands;
    this.open = false;
    this.enter = (event) => { if (isText(event.target)) this.#begin(); };
    this.leave = () => { clearTimeout(this.left); this.left = setTimeout(() => { if (!isText(root.activeElement)) this.#end(); }, LEFT_MS); };
    root.addEventListener("focusin", this.enter);
    root.addEventListener("focusout", this.leave);
  }

  #begin() {
    clearTimeout(this.left);
    if (this.open) return;
    this.open = true;
    this.commands.writing(true);
    this.again = setInterval(() => (isText(this.root.activeElement) ? this.commands.writing(true) : this.#end()), AGAIN_MS);
  }

  #end() {
    clearInterval(this.again);
    if (!this.open) return;
    this.open = false;
    this.commands.writing(false);
  }

  close() {
    clearTimeout(this.left);
    this.#end();
    this.root.removeEventListener("focusin", this.enter);
    this.root.removeEventListener("focusout", this.leave);
  }
}
