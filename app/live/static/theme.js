// Dark or light: Streamlit's own theme first, then data-theme of the page, then the system.
const luminance = (colour) => {
  const probe = document.createElement("span");
  probe.style.color = colour;
  if (!probe.style.color) return null;
  document.body.append(probe);
  const [r, g, b] = getComputedStyle(probe).color.match(/[\d.]+/g).map(Number);
  probe.remove();
  return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
};

export const readTheme = (host) => {
  const ground = getComputedStyle(host).getPropertyValue("--st-background-color").trim();
  const light = ground ? luminance(ground) : null;
  if (light !== null) return light < 0.5 ? "dark" : "light";
  const named = document.documentElement.dataset.theme;
  if (named === "dark" || named === "light") return named;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
};

// Calls `changed(theme)` whenever the theme may have changed. Answers how to stop.
export const watchTheme = (host, changed) => {
  const tell = () => changed(readTheme(host));
  const system = matchMedia("(prefers-color-scheme: dark)");
  const marks = new MutationObserver(tell);
  marks.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "class", "style"] });
  system.addEventListener("change", tell);
  tell();
  return { tell, stop: () => { marks.disconnect(); system.removeEventListener("change", tell); } };
};
