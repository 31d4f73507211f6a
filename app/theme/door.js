// Plain pages: looks again at the parts marked data-live, follows a drill that begins, rings the pager's test.
(() => {
  const every = Number(document.body.dataset.every || 0) * 1000;

  async function look() {
    let answer;
    try {
      answer = await fetch(location.href, { credentials: "same-origin", cache: "no-store" });
    } catch {
      return; // the server is away for a moment; the next look finds it
    }
    if (answer.redirected && new URL(answer.url).pathname !== location.pathname) {
      location.assign(answer.url);
      return;
    }
    if (answer.status === 401) location.reload();
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-live]")) {
      const next = fresh.getElementById(part.id);
      const isBusy = part.contains(document.activeElement);
      if (next && !isBusy && next.innerHTML !== part.innerHTML) part.replaceChildren(...next.childNodes);
    }
  }
  if (every) setInterval(look, every);

  document.addEventListener("submit", (event) => {
    const { sure } = event.target.dataset;
    if (sure && !confirm(sure)) event.preventDefault();
  });

  const ring = document.getElementById("ring");
  if (!ring) return;
  ring.hidden = false;
  ring.addEventListener("click", async () => {
    const said = document.getElementById("ring-said");
    const lines = [];
    try {
      const sound = new AudioContext();
      await sound.resume();
      const tone = sound.createOscillator();
      tone.frequency.value = 880;
      tone.connect(sound.destination);
      tone.start();
      tone.stop(sound.currentTime + 0.4);
      lines.push("The browser played a tone. No sound? Turn the volume up.");
    } catch {
      lines.push("This browser plays no sound; watch the tab's title.");
    }
    if (!isSecureContext || !("Notification" in window)) {
      lines.push("Desktop notices need https or localhost; the tab rings without them.");
    } else {
      const answer = await Notification.requestPermission();
      lines.push(answer === "granted" ? "Desktop notices are on." : "Desktop notices stay off; you can allow them in the browser's settings.");
    }
    said.textContent = lines.join(" ");
  });
})();
