// The drawing kernel: preact, its hooks and htm under one roof, plus a small memo.
import { Component, Fragment, createContext, h, render } from "./vendor/preact.module.js";
import { useContext, useEffect, useLayoutEffect, useMemo, useRef, useState } from "./vendor/hooks.module.js";
import htm from "./vendor/htm.module.js";

export const html = htm.bind(h);
export { Component, Fragment, createContext, render, useContext, useEffect, useLayoutEffect, useMemo, useRef, useState };

// Everything a part may need: store, commands, drafts, options, ui.
export const Live = createContext(null);
export const useLive = () => useContext(Live);

const same = (a, b) => {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
};

// Draws again only when a property has changed; deltas keep the identity of what they do not name.
export const memo = (draw) => {
  class Memo extends Component {
    shouldComponentUpdate(next) { return !same(this.props, next); }
    render() { return h(draw, this.props); }
  }
  Memo.displayName = `Memo(${draw.name})`;
  return Memo;
};

// Draws the calling part again every `every_ms` of wall time, for clocks and countdowns.
export const useTick = (every_ms = 500) => {
  const [, set] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => set((n) => n + 1), every_ms);
    return () => clearInterval(timer);
  }, [every_ms]);
};
