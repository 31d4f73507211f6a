// Words and figures: times, durations, numbers. Units stand in the names.
const two = (n) => String(n).padStart(2, "0");
const SPACE = "\u00a0";

export const tPlus = (t_ms) => {
  const minute = Math.floor(Math.abs(t_ms) / 60000);
  return `T${t_ms < 0 ? "−" : "+"}${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
};

// "45 s", "35 min", "3 h 20"
export const duration = (ms) => {
  const s = Math.max(0, Math.round(ms / 1000));
  if (s < 60) return `${s} s`;
  const minute = Math.floor(s / 60);
  return minute < 60 ? `${minute} min` : `${Math.floor(minute / 60)} h ${two(minute % 60)}`;
};

// "07:12", above an hour "1 h 04"
export const countdown = (ms) => {
  const s = Math.max(0, Math.ceil(ms / 1000));
  return s < 3600 ? `${two(Math.floor(s / 60))}:${two(s % 60)}` : duration(ms);
};

export const whole = (n) => Math.round(n).toString().replace(/\B(?=(\d{3})+$)/g, SPACE);
export const percent = (frac) => `${Math.round(frac * 100)}\u00a0%`;
export const figure = (n) => (Math.abs(n) >= 100 ? whole(n) : Math.abs(n) >= 10 ? n.toFixed(0) : String(Math.round(n * 100) / 100));
export const speed = (n) => `×${n}`;
export const sentence = (text) => (text ? text[0].toUpperCase() + text.slice(1) : "");
export const firstName = (name) => (/^\S+ \d/.test(name || "") ? name : (name || "").split(" ")[0]);
export const initials = (name) => (name || "?").replace(/,.*/, "").split(/\s+/).slice(0, 2).map((w) => w[0] || "").join("").toUpperCase();
