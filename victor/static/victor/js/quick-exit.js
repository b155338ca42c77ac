// Leave at once: by a press on any quick exit, or by three presses of Shift within five seconds.
// Without scripts the links work as links; with them the page is covered first and leaves no entry to come back to.
(() => {
  const PRESSES = 3;
  const WINDOW = 5000;
  const MOMENT = 150;
  const exit = document.querySelector("[data-quick-exit]");
  const status = document.querySelector("[data-quick-exit-status]");
  if (!exit) return;
  let presses = [];

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
    tell(0);
  }

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element && event.target.closest("[data-quick-exit]");
    if (!target) return;
    event.preventDefault();
    leave();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift") return forget();
    if (event.repeat) return;
    const now = Date.now();
    presses = [...presses.filter((at) => now - at < WINDOW), now];
    if (presses.length >= PRESSES) return leave();
    tell(PRESSES - presses.length);
  });

  // A page that the browser kept in memory must not come back covered.
  window.addEventListener("pageshow", () => {
    document.documentElement.classList.remove("leaving");
    forget();
  });
})();
