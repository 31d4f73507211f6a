// The channel: who said what when. Stays at the end only while the reader is there.
import { html, memo, useEffect, useRef } from "../h.js";
import { firstName, sentence } from "../format.js";
import { useDraft } from "../drafts.js";
import { Button, Card, Chip, Empty, Kbd, Refusal, useCommands, useStick } from "./base.js";
import { Icon } from "./icons.js";

const Line = memo(({ line }) => html`<li><time>${line.story}</time><div><b class=${line.persona ? "c-ex" : ""} title=${line.from}>${line.persona ? line.from : firstName(line.from)}</b>${
  line.bot && html`<span class="bot" title="A bot sits here"><${Icon} name="moon" size=${12} /><span class="vh">, a bot</span></span>`} ${line.text} ${
  (line.tags || []).map((tag) => html`<${Chip} kind="line">${sentence(tag)}<//> `)}</div></li>`);

export const Channel = memo(({ channel, seats, grow = true }) => {
  const { box, atEnd, onScroll, toEnd } = useStick(channel.length ? channel[channel.length - 1].n : 0);
  const here = (seats || []).filter((seat) => seat.here).length;
  return html`<${Card} name="channel" className="channel" grow=${grow} title="Bridge" note=${here ? `${here} here` : null}
      tools=${!atEnd && html`<${Button} kind="sm ghost" icon="down" onClick=${toEnd}>Newest<//>`}>
    <div class="scroll" role="log" aria-label="Bridge" aria-relevant="additions" tabindex="0" ref=${box} onScroll=${onScroll}>
      ${channel.length ? html`<ul class="feed">${channel.map((line) => html`<${Line} key=${line.n} line=${line} />`)}</ul>`
        : html`<${Empty}>Nobody has said anything yet.<//>`}</div><//>`;
});

// Enter sends, Shift+Enter breaks the line; the text stays until the server took it.
export const Composer = memo(({ keep = "message" }) => {
  const commands = useCommands();
  const input = useRef(null);
  const [text, setText, clear] = useDraft(keep, "");
  const about = `channel.${keep}`;
  const busy = commands.busy.has(about);
  useEffect(() => {
    const el = input.current;
    el.style.height = "auto";
    el.style.height = `${Math.min(120, el.scrollHeight + 2)}px`;
  }, [text]);
  const send = async () => {
    const said = text.trim();
    if (!said || busy) return;
    const outcome = await commands.send("send_message", { text: said }, about);
    if (outcome.ok) clear("");
  };
  const onKeyDown = (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  };
  return html`<div class="compose"><div class="say"><${Icon} name="chat" size=${14} /><textarea ref=${input} rows="1" data-key="message" aria-label="Message the bridge"
      placeholder="Message the bridge" value=${text} onInput=${(e) => setText(e.target.value)} onKeyDown=${onKeyDown}></textarea>${text ? html`<${Button} kind="sm p" disabled=${busy} onClick=${send}>Send<//>` : html`<${Kbd}>/<//>`}</div>
    <${Refusal} about=${about} /></div>`;
});
