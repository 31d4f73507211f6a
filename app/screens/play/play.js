// The start of a drill: a seat, a name, one button. Texts go in as text, never as markup.
const el = (name, attributes = {}, ...children) => {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value === true) node.setAttribute(key, "");
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
};

const post = async (path, body) => {
  const answer = await fetch(path, {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", "X-Stormdrill": "1" },
    body: JSON.stringify(body),
  });
  const said = await answer.json().catch(() => ({}));
  if (answer.ok) return said;
  throw new Error([said.error || `The server answered ${answer.status}.`, said.cure].filter(Boolean).join(": "));
};

const NAME = "stormdrill.name";
const remembered = () => { try { return localStorage.getItem(NAME) || ""; } catch { return ""; } };
const remember = (name) => { try { localStorage.setItem(NAME, name); } catch { /* storage may be closed */ } };
const lower = (title) => title.charAt(0).toLowerCase() + title.slice(1);

// The facilitator's link carries its claim in the fragment: exchanged once, gone from the address at once.
const exchangeClaim = (show) => {
  const claim = new URLSearchParams(location.hash.slice(1)).get("claim");
  if (!claim) return;
  history.replaceState(null, "", location.pathname + location.search);
  post("/api/claim", { claim }).then((said) => location.replace(said.url), (error) => show(error.message));
};

const beep = () => {
  const context = new AudioContext();
  [0, 0.25].forEach((at_s) => {
    const tone = context.createOscillator();
    const loudness = context.createGain();
    tone.frequency.value = 880;
    loudness.gain.value = 0.08;
    tone.connect(loudness).connect(context.destination);
    tone.start(context.currentTime + at_s);
    tone.stop(context.currentTime + at_s + 0.15);
  });
};

const pager = () => {
  const heard = el("div", { class: "q sm", role: "status" }, "A page rings; it should be heard");
  const noticed = el("div", { class: "q sm", role: "status" });
  const say = () => {
    const state = "Notification" in window ? Notification.permission : "absent";
    noticed.textContent = { granted: "Allowed: a page shows over other windows", denied: "Blocked in the browser's settings", absent: "This browser has none" }[state] || "Your browser will ask once";
    allow.hidden = state !== "default";
  };
  const allow = el("button", { type: "button", class: "btn sm", onclick: async () => { await Notification.requestPermission(); say(); } }, "Allow");
  const test = el("button", { type: "button", class: "btn sm", onclick: () => { beep(); heard.textContent = "Two tones were played"; } }, "Test");
  const card = el("section", { class: "card" },
    el("div", { class: "hd" }, el("h2", {}, "Test your pager")),
    el("div", { class: "bd" },
      el("div", { class: "ck" }, el("div", {}, el("b", {}, "Sound"), heard), test),
      el("div", { class: "ck" }, el("div", {}, el("b", {}, "Desktop notice"), noticed), allow)));
  say();
  return card;
};

const seatCard = (seat, checked, choose) =>
  el("label", { class: "seat" },
    el("input", { type: "radio", name: "seat", value: seat.id, checked, onchange: () => choose(seat) }),
    el("b", {}, seat.title),
    el("span", { class: "chip act tag" }, "Yours"),
    el("span", { class: "what" }, seat.own),
    el("span", { class: "ft bot" }, el("span", { class: "av", "aria-hidden": "true" }, "bot"), seat.name ? `${seat.name}, bot` : "Bot"));

const dutyCard = (seat) =>
  el("section", { class: "card duty", "aria-live": "polite" },
    el("div", { class: "hd" }, el("h2", {}, `Your seat: ${lower(seat.title)}`)),
    el("div", { class: "bd three" },
      ...[["You answer for", seat.own], ["You may", seat.may], ["You leave to others", seat.may_not], ["You will be asked", seat.asked], ["Good looks like", seat.good]]
        .filter(([, text]) => text)
        .map(([title, text]) => el("div", {}, el("h3", {}, title), el("p", {}, text)))));

const agreed = () =>
  el("section", { class: "card" },
    el("div", { class: "hd" }, el("h2", {}, "Agreed before we start")),
    el("div", { class: "bd three" },
      el("p", {}, "You see only what your seat would see. Nothing here touches a real system."),
      el("p", {}, "You may pause, change the speed or stop at any time. Pausing costs nothing."),
      el("p", {}, "Afterwards the scorecard speaks of the team, with its evidence, and gives no grade.")));

const draw = (root, { cards }, state) => {
  const card = cards.find((one) => one.id === state.scenario) || cards[0];
  state.scenario = card.id;
  const seat = card.seats.find((one) => one.id === state.seat) || card.seats.find((one) => one.usual) || card.seats[0];
  state.seat = seat.id;

  const error = el("div", { class: "error", role: "alert" });
  const name = el("input", { type: "text", id: "name", maxlength: "60", autocomplete: "nickname", value: state.name, placeholder: seat.name || "", oninput: () => { state.name = name.value; } });
  const start = el("button", { type: "submit", class: "btn p lg" }, `Start as ${lower(seat.title)}`);
  const submit = async (event) => {
    event.preventDefault();
    if (state.starting) return;
    state.starting = true;
    start.disabled = true;
    start.textContent = "Starting the night…";
    error.textContent = "";
    remember(name.value.trim());
    try {
      location.assign((await post("/api/play", { scenario: card.id, seat: state.seat, name: name.value.trim() })).url);
    } catch (fault) {
      state.starting = false;
      start.disabled = false;
      start.textContent = `Start as ${lower(seat.title)}`;
      error.textContent = fault.message;
    }
  };
  const again = () => draw(root, { cards }, state);
  const duty = el("div", {}, dutyCard(seat));
  const choose = (chosen) => {
    state.seat = chosen.id;
    duty.replaceChildren(dutyCard(chosen));
    start.textContent = `Start as ${lower(chosen.title)}`;
    name.placeholder = chosen.name || "";
  };
  const scenario = cards.length < 2 ? null : el("label", { class: "f" }, "Scenario",
    el("select", { onchange: (event) => { state.scenario = event.target.value; again(); } },
      ...cards.map((one) => el("option", { value: one.id, selected: one.id === card.id }, one.title))));

  root.replaceChildren(
    el("div", { class: "hero" },
      el("div", {}, el("h1", {}, card.title), el("p", {}, card.premise)),
      el("div", { class: "facts" }, el("b", {}, card.minutes), el("div", { class: "q sm" }, card.level))),
    el("form", { class: "cols", onsubmit: submit },
      el("div", { class: "left" },
        el("fieldset", {},
          el("div", { class: "lead" }, el("h2", {}, "Play alone: choose a seat"), el("span", { class: "q sm" }, "Bots sit in the others. A card says what you answer for, and nothing about what will happen.")),
          el("div", { class: "seats", role: "radiogroup", "aria-label": "Seat" }, ...card.seats.map((one) => seatCard(one, one.id === seat.id, choose)))),
        duty, agreed()),
      el("div", { class: "side" },
        el("section", { class: "card" },
          el("div", { class: "hd" }, el("h2", {}, "You")),
          el("div", { class: "bd" }, scenario,
            el("label", { class: "f", for: "name" }, "Your name, as others shall see it"), name,
            el("p", { class: "help" }, "No account. A name is kept apart from the record and can be erased."))),
        el("div", { class: "go" }, start), error, pager())));
  exchangeClaim((text) => { error.textContent = text; });
};

const states = new WeakMap();
export default ({ parentElement, data }) => {
  const root = parentElement.querySelector("#play");
  if (!data || !data.cards || !data.cards.length) return;
  root.className = `sd sd-${themeOf(parentElement)}`;
  const state = states.get(root) || { name: remembered(), starting: false };
  states.set(root, state);
  const drawn = JSON.stringify(data);
  if (state.drawn === drawn) return;
  state.drawn = drawn;
  draw(root, data, state);
};
