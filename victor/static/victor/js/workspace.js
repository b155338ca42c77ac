// The frame of the workspace: panels that close, keys that move, minutes that count. Everything works without this.
const TICK = 15000;
const MINUTE = 60000;

// A panel closes by Escape and by a press elsewhere.
const panels = [...document.querySelectorAll("[data-panel]")];

document.addEventListener("click", (event) => {
  for (const panel of panels) if (panel.open && !panel.contains(event.target) && panel.matches(".account-menu")) panel.open = false;
});

// How long the vault stays open. Without scripts its hour stands there.
const lock = document.querySelector("[data-locks-at]");
const count = () => {
  const left = Math.max(0, Math.ceil((new Date(lock.dateTime) - Date.now()) / MINUTE));
  lock.textContent = lock.dataset.minutes.replace("#", left);
};
if (lock) {
  count();
  setInterval(count, TICK);
}

const rows = [...document.querySelectorAll("[data-row]")];

const go = (by) => {
  const at = rows.indexOf(document.activeElement);
  const to = at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + by, 0), rows.length - 1);
  rows[to]?.focus();
};

const search = () => {
  const field = [...document.querySelectorAll("#q, #desk-search")].find((input) => input.offsetParent);
  if (field) return field.focus();
  document.querySelector("[data-search-page]")?.click();
};

const closePanels = () => {
  for (const panel of panels.filter((open) => open.open)) {
    panel.open = false;
    panel.querySelector("summary").focus();
  }
};

const ACTIONS = {
  j: () => go(1),
  k: () => go(-1),
  ArrowDown: () => go(1),
  ArrowUp: () => go(-1),
  "/": search,
  h: () => document.querySelector("[data-home]")?.click(),
  "?": () => document.querySelector("[data-keys-page]")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return closePanels();
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, select, textarea, [contenteditable]")) return;
  const isArrow = event.key.startsWith("Arrow");
  if (isArrow && !rows.includes(document.activeElement)) return; // arrows scroll the page, as everywhere
  const action = ACTIONS[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

// The keys in a window over the page. Without scripts, and if it does not come, the link leads to their page.
const link = document.querySelector("[data-keys-page]");
link?.addEventListener("click", async (event) => {
  event.preventDefault();
  try {
    const answer = await fetch(link.href);
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const dialog = document.createElement("dialog");
    dialog.className = "keys-window";
    dialog.append(page.querySelector("[data-keys]"));
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  } catch {
    window.location.assign(link.href);
  }
});
