// Notes for the debrief: a tag, a sentence, Enter. The team never sees them; who wrote them does.
import { html, memo, useEffect, useLive, useRef } from "../h.js";
import { sentence } from "../format.js";
import { useDraft } from "../drafts.js";
import { Button, Card, Chip, Empty, Pills, Refusal, useCommands } from "./base.js";
import { Icon } from "./icons.js";

const HINTS = {
  strength: "What went well, and what made it so",
  ask_later: "What you want to ask them about afterwards",
  stuck: "Where they cannot get on",
  safety: "What could do harm, or was not said for fear",
  other: "What happened, in plain words",
};
const titleOf = (tag) => sentence(tag.replaceAll("_", " "));
const BLANK = { text: "", tag: "other" };
const ABOUT = "note_observation";

// One line of text and its tag; the text stays until the server took it. `slim` is one row, for the foot.
export const NoteLine = memo(({ tags, slim }) => {
  const commands = useCommands();
  const input = useRef(null);
  const [draft, setDraft, clear] = useDraft("note", BLANK);
  const busy = commands.busy.has(ABOUT);
  const text = draft.text.trim();
  useEffect(() => {
    input.current.style.height = "auto";
    input.current.style.height = `${Math.min(120, input.current.scrollHeight + 2)}px`;
  }, [draft.text]);
  const send = async () => {
    if (!text || busy) return;
    const outcome = await commands.send("note_observation", { text, tag: draft.tag }, ABOUT);
    if (outcome.ok) clear(BLANK);
  };
  const onKeyDown = (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  };
  const write = html`<div class="say"><${Icon} name="edit" size=${14} /><textarea ref=${input} rows="1" data-key="message" aria-label="Your note" maxlength="4000" placeholder=${HINTS[draft.tag] || HINTS.other}
      value=${draft.text} onInput=${(e) => setDraft({ ...draft, text: e.target.value })} onKeyDown=${onKeyDown}></textarea>${text && html`<${Button} kind="sm p" disabled=${busy} onClick=${send}>Note<//>`}</div>`;
  return html`<div class="noteline ${slim ? "slim" : ""}">${!slim && write}<${Pills} label="Kind of note" value=${draft.tag} set=${(tag) => setDraft({ ...draft, tag: tag || "other" })} choices=${tags.map((tag) => [tag, titleOf(tag)])} />${slim && write}
    <${Refusal} about=${ABOUT} /></div>`;
});

const Note = memo(({ note }) => html`<li><time>${note.story}</time><div><b>${note.by}</b> ${note.text}${note.tag && note.tag !== "other" && html` <${Chip} kind="line">${titleOf(note.tag)}<//>`}</div></li>`);

export const Notes = memo(({ notes, tags, title = "Your notes", grow = true }) => {
  const { store } = useLive();
  const may = store.state.me.may.includes("note_observation") && store.state.drill.state !== "ended";
  return html`<${Card} name="notes" className="notes" title=${title} grow=${grow} note="only facilitators and leads read them" mark=${notes.length > 0 && html`<${Chip}>${notes.length}<//>`}>
    ${may && html`<${NoteLine} tags=${tags} />`}
    <div class="scroll" role="log" aria-label=${title} tabindex="0">${notes.length ? html`<ul class="feed">${[...notes].reverse().map((note) => html`<${Note} key=${note.n} note=${note} />`)}</ul>`
      : html`<${Empty}>Nothing noted yet. Write what happened, not what you think of it.<//>`}</div><//>`;
});
