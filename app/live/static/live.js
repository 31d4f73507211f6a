// Entry of the live console. `mount` draws it into any root; the default export is what a Streamlit component calls.
import { html, render } from "./h.js";
import { stayUsable } from "./away.js";
import { Commands } from "./commands.js";
import { Connection } from "./connection.js";
import { Drafts } from "./drafts.js";
import { Looks } from "./looks.js";
import { Channel } from "./parts/channel.js";
import { Pager } from "./parts/page.js";
import { App } from "./screens/app.js";
import { Store } from "./store.js";
import { watchTheme } from "./theme.js";
import { Writing } from "./writing.js";

const PHONE_PX = 640;
const WIDE_PX = 1100;
const TALL_PX = 700;
const ROOMY_PX = 850;
const here = new URL(".", import.meta.url);

const sheets = new Map();
const sheet = (name) => {
  if (!sheets.has(name)) {
    sheets.set(name, fetch(new URL(name, here)).then((answer) => answer.text()).then((text) => {
      const made = new CSSStyleSheet();
      made.replaceSync(text);
      return made;
    }));
  }
  return sheets.get(name);
};

// Faces of type must be known to the document: a shadow root cannot bring its own.
const fonts = () => {
  if (document.getElementById("stormdrill-fonts")) return;
  const link = document.createElement("link");
  Object.assign(link, { id: "stormdrill-fonts", rel: "stylesheet", href: new URL("fonts.css", here).href });
  document.head.append(link);
};

const shadowOf = (parent) => (parent instanceof ShadowRoot ? parent : parent.shadowRoot || parent.attachShadow({ mode: "open" }));

const streamUrl = (base, drill, watch) => {
  const url = new URL(`${base}/api/drills/${encodeURIComponent(drill)}/stream`, document.baseURI);
  if (watch) url.searchParams.set("watch", watch);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
};

// Draws the console of one drill into `parent`. options: drill_id, view, base, home, watch (a seat, or "projector", to look at only), join_url (where others come in). Answers {update, unmount, store}.
export const mount = async (parent, options) => {
  const shadow = shadowOf(parent);
  const host = shadow.host;
  fonts();
  shadow.adoptedStyleSheets = await Promise.all(["vendor/uPlot.min.css", "live.css", "control.css", "projector.css"].map(sheet));
  const root = document.createElement("div");
  root.className = "sd";
  shadow.append(root);
  const base = (options.base || "").replace(/\/$/, "");
  const store = new Store();
  const commands = new Commands(`${base}/api/drills/${encodeURIComponent(options.drill_id)}`, store, { looksOnly: Boolean(options.watch) });
  const live = {
    store,
    commands,
    looks: new Looks(store, commands),
    drafts: new Drafts(options.drill_id, options.watch ? `watch-${options.watch}` : options.seat || options.view || "seat"),
    pager: new Pager(),
  };
  const extra = { ...options, talk: (state) => state.channel && html`<${Channel} channel=${state.channel} seats=${state.seats} />` };
  const shape = { theme: "light", phone: false, low: false };
  const draw = () => render(html`<${App} live=${live} root=${shadow} theme=${shape.theme} phone=${shape.phone} low=${shape.low} options=${extra} />`, root);
  const theme = watchTheme(host, (name) => { shape.theme = name; root.dataset.theme = name; draw(); });
  const fit = () => {
    const width = root.clientWidth;
    root.style.setProperty("--top", `${Math.max(0, Math.round(root.getBoundingClientRect().top + scrolled(host)))}px`);
    shape.phone = width <= PHONE_PX;
    root.classList.toggle("phone", shape.phone);
    const flow = shape.phone || width < WIDE_PX || innerHeight < TALL_PX;
    shape.low = !flow && innerHeight < ROOMY_PX;
    root.classList.toggle("flow", flow);
    root.classList.toggle("low", shape.low);
    draw();
  };
  const watch = new ResizeObserver(fit);
  watch.observe(root);
  addEventListener("resize", fit);
  fit();
  const connection = new Connection(streamUrl(base, options.drill_id, options.watch), store);
  const present = stayUsable(store);
  const writing = new Writing(shadow, commands);
  const unmount = () => {
    connection.close();
    present();
    writing.close();
    live.pager.close();
    theme.stop();
    watch.disconnect();
    removeEventListener("resize", fit);
    render(null, root);
    root.remove();
  };
  return { update: () => { theme.tell(); fit(); }, unmount, store, connection, commands };
};

// How far the page around the element is scrolled, so that its place is measured from the top.
const scrolled = (host) => {
  for (let el = host.parentElement; el; el = el.parentElement) if (el.scrollTop) return el.scrollTop;
  return 0;
};

const mounted = new WeakMap();

// Streamlit calls this at every run and theme change with the same parentElement: mount once, then follow.
export default async ({ parentElement, data }) => {
  const same = `${data.drill_id}|${data.view}|${data.seat}|${data.watch}`;
  const kept = mounted.get(parentElement);
  if (kept && kept.same === same) {
    (await kept.element).update();
    return kept.cleanup;
  }
  if (kept) await kept.cleanup();
  const element = mount(parentElement, data);
  const cleanup = async () => { mounted.delete(parentElement); (await element).unmount(); };
  mounted.set(parentElement, { same, element, cleanup });
  await element;
  return cleanup;
};
