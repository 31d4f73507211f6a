// While the server is away, Streamlit lays its own error over the page and makes everything behind it inert.
// The console says in its bar that it reconnects, keeps the last picture and lets people write on: so that box is
// kept from view, and the page stays usable, until the stream is back.
const STYLE = "stormdrill-away";

const style = () => {
  if (document.getElementById(STYLE)) return;
  const rule = document.createElement("style");
  rule.id = STYLE;
  rule.textContent = `html.${STYLE} > body > [data-testid="stDialog"] { display: none !important; }`;
  document.head.append(rule);
};

// Follows a store's link; answers a function that stops following.
export const stayUsable = (store) => {
  const page = document.documentElement;
  const root = document.getElementById("root");
  const free = () => {
    if (root && page.classList.contains(STYLE)) root.removeAttribute("inert");
  };
  const watch = new MutationObserver(free);
  if (root) watch.observe(root, { attributes: true, attributeFilter: ["inert"] });
  style();
  const stop = store.subscribe(() => {
    page.classList.toggle(STYLE, store.link.state === "reconnecting");
    free();
  });
  return () => {
    stop();
    watch.disconnect();
    page.classList.remove(STYLE);
  };
};
