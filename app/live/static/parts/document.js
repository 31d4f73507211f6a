// The one living record: sections with their text, who wrote it and how old it is; edited in place.
import { html, memo, useEffect, useLive, useState, useTick } from "../h.js";
import { duration } from "../format.js";
import { useDraft } from "../drafts.js";
import { Act, Button, Card, Chip, Empty, Refusal, TextArea, useCommands } from "./base.js";
import { ClaimChips, ClaimForm, propertyOf } from "./claims.js";
import { Picker, pickedOf } from "./tonote.js";

const Age = ({ section }) => {
  const { store } = useLive();
  useTick(1000);
  return html`<span class="q">${section.by} · ${store.time(section.t_ms)}, ${duration(store.now() - section.t_ms)} ago</span>`;
};

const Editor = ({ section, subject, steps, close }) => {
  const [draft, setDraft, clear] = useDraft(`doc:${section.id}`, { text: section.text || "", claims: section.claims || [], picked: {} });
  const picked = pickedOf(steps, draft.picked);
  const about = `doc.${section.id}`;
  const done = () => { clear(); close(); };
  return html`<div class="editor"><${TextArea} data-first aria-label=${section.title} placeholder=${section.hint} rows=${4} value=${draft.text} set=${(text) => setDraft({ ...draft, text })} />
    <${ClaimForm} claims=${draft.claims} set=${(claims) => setDraft({ ...draft, claims })} start=${propertyOf(section.id)} subject=${subject} />
    <${Picker} steps=${steps} picked=${draft.picked || {}} set=${(next) => setDraft({ ...draft, picked: next })} />
    <div class="row wrap"><${Act} kind="p" command="edit_document" data=${{ section: section.id, text: draft.text.trim(), claims: [...draft.claims, ...picked.claims], links: picked.links }} about=${about} disabled=${!draft.text.trim()} then=${done}>Save<//>
      <${Button} kind="ghost" onClick=${done}>Leave as it was<//><span class="q xs">The draft stays in this browser until it is saved.</span></div><${Refusal} about=${about} /></div>`;
};

const Section = memo(({ section, may, subject, steps }) => {
  const { drafts } = useLive();
  const [editing, setEditing] = useState(() => drafts.get(`doc:${section.id}`) !== null);
  return html`<section class="docsec" aria-label=${section.title}><div class="row"><h3>${section.title}</h3>${section.t_ms !== undefined && section.by ? html`<${Age} section=${section} />` : html`<span class="q el">${section.hint || "empty"}</span>`}<span class="sp"></span>
      ${may && !editing && html`<${Button} kind="sm ghost" icon="edit" onClick=${() => setEditing(true)}>${section.text ? "Edit" : "Write"}<//>`}</div>
    ${editing ? html`<${Editor} section=${section} subject=${subject} steps=${steps} close=${() => setEditing(false)} />`
      : html`${section.text && html`<p class="doctext">${section.text}</p>`}${section.claims && section.claims.length > 0 && html`<${ClaimChips} claims=${section.claims} />`}`}</section>`;
});

// Every section the document may have, the empty ones too: an empty line is a question.
const allSections = (doc) => {
  const written = new Map(doc.sections.map((section) => [section.id, section]));
  const known = (doc.section_choices || []).map(([id, title, hint]) => ({ id, title, text: "", claims: [], ...written.get(id), hint }));
  return [...known, ...doc.sections.filter((section) => !(doc.section_choices || []).some(([id]) => id === section.id))];
};

const LINKS = { ticket: "the ticket", channel: "the bridge" };

export const DocumentView = memo(({ doc, me, subject, steps = [] }) => {
  const { commands } = useLive();
  useCommands();
  const may = new Set(me.may);
  const open = Boolean(doc && doc.opened_ms !== null && doc.opened_ms !== undefined);
  useEffect(() => {
    if (open && may.has("view_document")) commands.send("view_document", {}, "doc.view");
  }, [open]);
  if (!open) {
    return html`<${Card} name="document" title="Incident document" grow><${Empty}>No document yet. One living record tells everyone who comes later what is known, tried and planned.
      ${may.has("open_document") && html`<div class="row gap"><${Act} kind="p" icon="doc" command="open_document" data=${{}}>Open the document<//></div><${Refusal} about="open_document" />`}<//><//>`;
  }
  const linked = (doc.linked || []).map((where) => LINKS[where] || where);
  return html`<${Card} name="document" title="Incident document" note=${linked.length ? `linked from ${linked.join(" and ")}` : "linked from nowhere yet"} grow
      tools=${html`<${Chip} icon="doc">${doc.sections.length} of ${(doc.section_choices || doc.sections).length} sections written<//>`}>
    <div class="scroll doc" tabindex="0" role="region" aria-label="Incident document">${allSections(doc).map((section) => html`<${Section} key=${section.id} section=${section} may=${may.has("edit_document")} subject=${subject} steps=${steps} />`)}</div><//>`;
});

// The subject of facts about the whole service: what the document already calls it.
export const subjectOf = (state) => {
  if (state.drill.service) return state.drill.service;
  const sections = (state.document && state.document.sections) || [];
  const claim = sections.flatMap((section) => section.claims || []).find((one) => one.property === "state");
  return claim ? claim.subject : "service";
};
