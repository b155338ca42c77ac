// Leave at once: by a press on any quick exit, or by three presses of Shift alone within five seconds.
// Without scripts the links work as links; with them the page is covered first and leaves no entry to come back to.
(() => {
  const PRESSES = 3;
  const WINDOW = 5000;
  const MOMENT = 150;
  const OTHER_KEYS = ["Alt", "AltGraph", "Control", "Meta", "OS", "Fn", "Hyper", "Super"];
  const exit = document.querySelector("[data-quick-exit]");
  const status = document.querySelector("[data-quick-exit-status]");
  if (!exit) return;
  const byShift = !document.body.classList.contains("workspace"); // people work there with shortcuts
  let presses = [];
  let pressed = false; // Shift is down, and nothing else has been used since
  const held = new Map(); // other keys that are down, and since when: not every keyboard names all of them to us

  // The browser deletes what it has stored of this site. It has a moment for that: leaving does not wait any longer.
  function leave() {
    document.documentElement.classList.add("leaving");
    document.title = "";
    const go = () => window.location.replace(exit.href);
    const sent = fetch(exit.dataset.quickExit, { method: "POST", keepalive: true, cache: "no-store" });
    Promise.race([sent, new Promise((resolve) => setTimeout(resolve, MOMENT))]).then(go, go);
  }

  function tell(left) {
    if (status) status.textContent = left === 2 ? status.dataset.twoMore : left === 1 ? status.dataset.oneMore : "";
  }

  function forget() {
    presses = [];
    pressed = false;
    tell(0);
  }

  // Whether no other such key is down: with one, Shift is part of a shortcut or changes the language of the keyboard.
  // One that was let go elsewhere must not keep anybody from leaving, so that it counts for a while only.
  function isAlone(event) {
    const now = Date.now();
    const others = [...held.values()].some((since) => now - since < WINDOW);
    return !others && !OTHER_KEYS.some((key) => event.getModifierState(key));
  }

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element && event.target.closest("[data-quick-exit]");
    if (!target) return;
    event.preventDefault();
    leave();
  });

  // A press counts when Shift is let go: only then is it known that nothing else was pressed or clicked with it.
  if (byShift) {
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Shift") held.set(event.code, Date.now());
      if (event.key !== "Shift" || !isAlone(event)) return forget();
      if (!event.repeat) pressed = true;
    });

    document.addEventListener("keyup", (event) => {
      if (event.key !== "Shift") held.delete(event.code);
      if (event.key !== "Shift" || !isAlone(event)) return forget();
      if (!pressed) return;
      pressed = false;
      const now = Date.now();
      presses = [...presses.filter((at) => now - at < WINDOW), now];
      if (presses.length >= PRESSES) return leave();
      tell(PRESSES - presses.length);
    });

    for (const used of ["pointerdown", "mousedown", "wheel", "touchstart", "dragstart", "compositionstart", "blur"]) {
      window.addEventListener(used, forget, { capture: true, passive: true });
    }
    window.addEventListener("blur", () => held.clear());
  }

  // A page that the browser kept in memory must not come back covered.
  window.addEventListener("pageshow", () => {
    document.documentElement.classList.remove("leaving");
    forget();
  });
})();
