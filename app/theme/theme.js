// Put before the scripts of elements: which theme the page shows. Streamlit runs them again when it changes.
const themeOf = (parent) => {
  const ground = getComputedStyle(parent.host || parent).getPropertyValue("--st-background-color").trim();
  const probe = document.createElement("span");
  probe.style.color = ground;
  if (!probe.style.color) return document.documentElement.dataset.theme || "light";
  document.body.append(probe);
  const [red, green, blue] = getComputedStyle(probe).color.match(/[\d.]+/g).map(Number);
  probe.remove();
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128 ? "dark" : "light";
};
