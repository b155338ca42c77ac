// The inbox by keyboard, and its numbers kept fresh. Everything works without this; nothing here opens or reads a report.
const EVERY = 30000;

const rows = [...document.querySelectorAll("[data-row]")];
const filters = document.querySelector("[data-filters]");
const keys = document.querySelector("[data-keys]");
const counters = document.querySelector("[data-counters]");
const news = document.querySelector("[data-news]");

const go = (by) => {
  const at = rows.indexOf(document.activeElement);
  const to = at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + by, 0), rows.length - 1);
  rows[to]?.focus();
};

const find = () => {
  if (!filters) return;
  filters.open = true;
  filters.querySelector("select, input:not([type=hidden])").focus();
};

const ACTIONS = {
  j: () => go(1),
  k: () => go(-1),
  ArrowDown: () => go(1),
  ArrowUp: () => go(-1),
  "/": find,
  "?": () => { if (keys) keys.hidden = !keys.hidden; },
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  const isArrow = event.key.startsWith("Arrow");
  if (isArrow && !rows.includes(document.activeElement)) return; // arrows scroll the page, as everywhere
  const action = ACTIONS[event.key];
  if (!action) return;
  event.preventDefault();
  action();
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
