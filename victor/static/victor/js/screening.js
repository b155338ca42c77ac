// A screening shows what follows from the answers so far, and takes them by keys.
(() => {
  const form = document.querySelector("[data-screening]");
  if (!form) return;
  const follows = form.querySelector("[data-follows]");

  form.addEventListener("self-saving:saved", (event) => {
    follows.replaceChildren(
      ...event.detail.follows.map((sentence) => {
        const item = document.createElement("li");
        item.textContent = sentence;
        return item;
      }),
    );
  });

  document.addEventListener("keydown", (event) => {
    if (!"1234".includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("textarea, select, input:not([type=radio]):not([type=checkbox])")) return;
    const signs = [...form.querySelectorAll("[data-sign]")];
    const current = event.target.closest("[data-sign]") || signs[0];
    const answers = current.querySelectorAll("input[type=radio]");
    const chosen = answers[Number(event.key) - 1];
    if (!chosen) return;
    event.preventDefault();
    chosen.checked = true;
    chosen.dispatchEvent(new Event("input", { bubbles: true }));
    const next = signs[signs.indexOf(current) + 1];
    if (next) (next.querySelector("input:checked") || next.querySelector("input")).focus();
  });
})();
