// Icons: a 24 grid, lines 2 px wide; glyphs of state are filled. Drawn as SVG in the colour of the text.
import { html, memo } from "../h.js";

const ICONS = {
  bell: ["M6 16V10a6 6 0 0 1 12 0v6l2 2H4zM10 21h4"],
  check: ["M4 13l5 5L20 6"],
  x: ["M5 5l14 14M19 5L5 19"],
  plus: ["M12 4v16M4 12h16"],
  doc: ["M6 3h9l4 4v14H6zM14 3v5h5M9 13h7M9 17h7"],
  ticket: ["M3 7h18v4a2 2 0 0 0 0 4v3H3v-3a2 2 0 0 0 0-4zM14 8v2M14 13v2"],
  mail: ["M3 6h18v13H3zM3 7l9 7 9-7"],
  chat: ["M4 5h16v11H10l-5 4v-4H4z"],
  phone: ["M5 4h4l2 5-3 2a12 12 0 0 0 5 5l2-3 5 2v4c-9 1-16-6-15-15z"],
  book: ["M12 6c-2-2-5-2-9-2v14c4 0 7 0 9 2 2-2 5-2 9-2V4c-4 0-7 0-9 2zM12 6v14"],
  users: ["M5.5 8a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0 M2 20c1-4 3-6 7-6s6 2 7 6M16 5a3.5 3.5 0 0 1 0 7M18 14c2 1 3 3 4 6"],
  wrench: ["M20 7a5 5 0 0 1-7 6l-7 7-3-3 7-7a5 5 0 0 1 6-7l-3 3 1 3 3 1z"],
  search: ["M4 11a7 7 0 1 0 14 0a7 7 0 1 0 -14 0 M16 16l5 5"],
  down: ["M5 9l7 7 7-7"],
  link: ["M10 14l4-4M8 11l-3 3a3.5 3.5 0 0 0 5 5l3-3M16 13l3-3a3.5 3.5 0 0 0-5-5l-3 3"],
  bolt: ["M13 2L4 14h7l-1 8 9-12h-7z"],
  edit: ["M4 20l1-5L16 4l4 4L9 19z"],
  lock: ["M5 11h14v10H5zM8 11V7a4 4 0 0 1 8 0v4"],
  server: ["M4 4h16v7H4zM4 13h16v7H4zM8 7.5v.1M8 16.5v.1"],
  sound: ["M4 9v6h4l5 4V5L8 9zM16 9a4 4 0 0 1 0 6M18 6a8 8 0 0 1 0 12"],
  scale: ["M12 4v16M7 20h10M5 7h14M5 7l-3 7h6zM19 7l-3 7h6z"],
  hand: ["M4 8h14l-4-4M20 16H6l4 4"],
  bulb: ["M9 18h6M10 21h4M12 3a6 6 0 0 1 4 10c-1 1-1 2-1 3H9c0-1 0-2-1-3a6 6 0 0 1 4-10z"],
  stop: ["M6 6h12v12H6z", true],
  skip: ["M5 5l9 7-9 7zM18 5v14", true],
  moon: ["M7 9h10v9H7zM12 9V5M10 13v.1M14 13v.1M4 12v3M20 12v3"],
  grid: ["M4 4h7v9H4zM13 4h7v5h-7zM13 11h7v9h-7zM4 15h7v5H4z"],
  play: ["M7 4l13 8-13 8z", true],
  pause: ["M8 5v14M16 5v14"],
  more: ["M3 12a9 9 0 1 0 18 0a9 9 0 1 0 -18 0 M9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.4-1 .9-1 1.7M12 17v.1"],
  video: ["M3 6h12v12H3zM15 10l6-3v10l-6-3z"],
  shield: ["M12 3l8 3v6c0 5-4 8-8 9-4-1-8-4-8-9V6z"],
  money: ["M3 6h18v12H3zM9 12a3 3 0 1 0 6 0a3 3 0 1 0 -6 0M6 9v.1M18 15v.1"],
  flag: ["M5 21V4h13l-3 4 3 4H5"],
  eye: ["M2 12c3-5 6-7 10-7s7 2 10 7c-3 5-6 7-10 7s-7-2-10-7zM9.5 12a2.500 2.500 0 1 0 5 0a2.500 2.500 0 1 0 -5 0"],
  arrow: ["M4 12h15M13 6l6 6-6 6"],
  basket: ["M3 9h18l-2 11H5zM8 9l4-6 4 6M10 13v3M14 13v3"],
  clock: ["M3 12a9 9 0 1 0 18 0a9 9 0 1 0 -18 0 M12 7v5l3 2"],
};

const GLYPHS = {
  up: "M4 12a8 8 0 1 0 16 0a8 8 0 1 0 -16 0",
  deg: "M12 2.5L23 21.5H1z",
  down: "M3 3h18v18H3zM7.2 9.3L9.9 12l-2.7 2.7 2.1 2.1L12 14.1l2.7 2.7 2.1-2.1L14.1 12l2.7-2.7-2.1-2.1L12 9.9 9.3 7.2z",
  idle: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm0 4a5 5 0 1 1 0 10 5 5 0 0 1 0-10z",
  warm: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm0 3.5a5.500 5.500 0 0 1 0 11z",
  unk: "M12 1l11 11-11 11L1 12zM10.700 7v6h2.600V7zm0 8v2.600h2.600V15z",
  miss: "M3 3h18v18H3zm2.500 2.500v13h13v-13z",
};

export const Icon = memo(({ name, size = 16 }) => {
  const [path, filled] = ICONS[name];
  return html`<svg class="icon" width=${size} height=${size} viewBox="0 0 24 24" aria-hidden="true" focusable="false"
    fill=${filled ? "currentColor" : "none"} stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><path d=${path} /></svg>`;
});

export const Glyph = memo(({ name, size = 11 }) => html`<svg class="glyph" width=${size} height=${size} viewBox="0 0 24 24"
  aria-hidden="true" focusable="false" fill="currentColor"><path fill-rule="evenodd" d=${GLYPHS[name]} /></svg>`);
