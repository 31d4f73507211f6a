// Notes with a tag; only facilitators and leads see them, and who wrote them.
import { html, memo } from "../h.js";
import { Card } from "./base.js";

export const Notes = memo(({ notes, tags, grow }) => html`<${Card} name="notes" title="Notes" grow=${grow}><ul>${notes.map((note) => html`<li key=${note.n}>${note.text}</li>`)}</ul><//>`);
