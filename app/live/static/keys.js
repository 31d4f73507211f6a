// Keys of the console. They rest while a person types; Streamlit's own shortcuts stay quiet.
const TYPING = new Set(["INPUT", "TEXTAREA", "SELECT"]);

const isTyping = (target) => target && (TYPING.has(target.tagName) || target.isContentEditable);

// `handlers`: key -> function that answers true when it took the key. Escape works while typing too.
export const listenKeys = (root, handlers) => {
  const take = (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key !== "Escape" && isTyping(event.composedPath()[0])) return;
    const handler = handlers[event.key];
    if (!handler || !handler(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const hush = (event) => event.stopPropagation();
  addEventListener("keydown", take, true);
  ["keydown", "keyup", "keypress"].forEach((kind) => root.addEventListener(kind, hush));
  return () => {
    removeEventListener("keydown", take, true);
    ["keydown", "keyup", "keypress"].forEach((kind) => root.removeEventListener(kind, hush));
  };
};

// The element that has the focus, looked for inside shadow roots too.
export const focused = () => {
  let at = document.activeElement;
  while (at && at.shadowRoot && at.shadowRoot.activeElement) at = at.shadowRoot.activeElement;
  return at === document.body ? null : at;
};

// The elements inside `box` that Tab would reach.
export const tabStops = (box) => [...box.querySelectorAll("button, [href], input, select, textarea, [tabindex]")]
  .filter((el) => !el.disabled && el.tabIndex >= 0 && el.offsetParent !== null);

// Keeps Tab inside `box`.
export const trapTab = (event, box) => {
  if (event.key !== "Tab") return;
  const stops = tabStops(box);
  if (!stops.length) return event.preventDefault();
  const at = box.getRootNode().activeElement;
  const edge = event.shiftKey ? stops[0] : stops[stops.length - 1];
  if (at !== edge && box.contains(at)) return;
  event.preventDefault();
  (event.shiftKey ? stops[stops.length - 1] : stops[0]).focus();
};
