// The customer's screen: made for a phone, one page in three tabs there; three columns on a desk.
import { html } from "../h.js";
import { useDraft } from "../drafts.js";
import { ClockControls } from "../parts/bar.js";
import { Inbox } from "../parts/desk.js";
import { BLANK_REPORT, Lead, MyReports, PublicWords, ReportForm, ShopPage } from "../parts/shop.js";
import { Waiting } from "../parts/waiting.js";

export const SHOP_TABS = [["console", "Shop", "basket"], ["report", "Reports", "ticket"], ["words", "News", "mail"]];

// What the small numbers on the tabs count.
export const shopCount = (id, state) => (id === "console" ? (state.asked || []).filter((one) => !one.soft).length : 0);

export const Shop = ({ state, ui }) => {
  const { shop, me, asked } = state;
  const [draft, setDraft, clear] = useDraft("report", BLANK_REPORT);
  const ended = state.drill.state === "ended";
  const report = me.may.includes("file_report") && ((text) => {
    setDraft({ ...draft, text: draft.text.trim() ? `${draft.text.trim()}\n${text}` : text });
    if (ui.phone) ui.set({ tab: "report" });
  });
  const desk = (state.seats || []).find((seat) => !seat.bot); // a bot reads reports, it takes no calls
  const lead = html`<${Lead} shop=${shop} asked=${asked} ended=${ended} />`;
  const waiting = asked && asked.length > 0 && html`<${Waiting} asked=${asked} seats=${state.seats} />`;
  const page = html`<${ShopPage} shop=${shop} report=${report} ended=${ended} />`;
  const form = html`<${ReportForm} shop=${shop} draft=${draft} set=${setDraft} sent=${() => clear(BLANK_REPORT)} desk=${desk} may=${me.may} />`;
  const mine = html`<${MyReports} tickets=${shop.my_tickets} />`;
  const news = html`<${PublicWords} words=${shop.words} service=${shop.service} />`;
  const inbox = state.inbox && state.inbox.length > 0 && html`<${Inbox} inbox=${state.inbox} />`;
  if (!ui.phone) {
    return html`<div class="view shopview">${lead}<div class="main first">${page}</div><div class="main">${waiting}${form}${mine}</div><div class="side">${news}${inbox}</div></div>`;
  }
  if (ui.tab === "report") return html`<div class="view">${form}${mine}</div>`;
  if (ui.tab === "words") {
    return html`<div class="view">${news}${inbox}${(state.clock.may || []).length > 0 && html`<section class="card" aria-label="Clock"><div class="hd"><h2>Clock</h2></div><div class="actclock"><${ClockControls} clock=${state.clock} calling=${(state.pages || []).length > 0} words /></div></section>`}</div>`;
  }
  return html`<div class="view">${lead}${waiting}${page}</div>`;
};
