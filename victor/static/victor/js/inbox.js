// The inbox's filters by keyboard, and its numbers kept fresh. Everything works without this; nothing here opens or reads
// a report. The other keys are those of the whole workspace: workspace.js.
const EVERY = 30000;

const filters = document.querySelector("[data-filters]");
const counters = document.querySelector("[data-counters]");
const news = document.querySelector("[data-news]");

const find = () => {
  if (!filters) return;
  filters.open = true;
  filters.querySelector("select, input:not([type=hidden])").focus();
};

document.addEventListener("keydown", (event) => {
  if (event.key !== "f" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, select, textarea")) return;
  event.preventDefault();
  find();
});

if (counters) {
  let tag = "";
  let newest = null;

  const tell = (now) => {
    for (const place of counters.querySelectorAll("[data-count]")) {
      const count = now[place.dataset.count];
      place.textContent = count > 1000 ? "1000+" : count;
      place.classList.toggle("late", count > 0 && place.dataset.count !== "waiting");
    }
    if (newest !== null && now.newest > newest) news.textContent = news.dataset.words;
    newest = Math.max(newest ?? 0, now.newest);
  };

  const ask = async () => {
    if (document.hidden) return;
    try {
      const headers = { "X-Unattended": "1", ...(tag && { "If-None-Match": tag }) };
      const answer = await fetch(counters.dataset.counters, { headers, redirect: "error" });
      if (answer.status !== 200) return;
      tag = answer.headers.get("ETag") ?? "";
      const now = (await answer.json())[counters.dataset.desk];
      if (now) tell(now);
    } catch {
      // The connection is gone, or the session: the page says what it said, and the next round tries again.
    }
  };

  ask();
  setInterval(ask, EVERY);
  document.addEventListener("visibilitychange", ask);
}
