// A screening saves itself every ten seconds, keeps answers in the open page while there is no connection, and takes keys.
(() => {
  const form = document.querySelector("[data-screening]");
  if (!form) return;
  const state = form.querySelector("[data-state]");
  const seen = form.querySelector("[data-seen]");
  const follows = form.querySelector("[data-follows]");
  let changed = 0;
  let stored = 0;
  let isSending = false;
  let isStopped = false;

  const say = (words) => {
    if (state.textContent !== words) state.textContent = words;
  };

  const show = (sentences) => {
    follows.replaceChildren(
      ...sentences.map((sentence) => {
        const item = document.createElement("li");
        item.textContent = sentence;
        return item;
      }),
    );
  };

  const save = async () => {
    if (isSending || isStopped || changed === stored) return;
    isSending = true;
    const counted = changed;
    const body = new FormData(form);
    body.set("do", "auto");
    try {
      const answer = await fetch(form.action || location.href, { method: "POST", body, redirect: "manual" });
      if (answer.ok) {
        const facts = await answer.json();
        seen.value = facts.seen;
        stored = counted;
        show(facts.follows);
        say(changed === stored ? facts.saved : form.dataset.unsaved);
      } else if (answer.status === 409 || answer.status === 422) {
        isStopped = answer.status === 409;
        say((await answer.json()).error);
      } else {
        say(form.dataset.offline);
      }
    } catch {
      say(form.dataset.offline);
    }
    isSending = false;
  };

  form.addEventListener("input", () => {
    changed += 1;
    say(navigator.onLine ? form.dataset.unsaved : form.dataset.offline);
  });
  form.addEventListener("submit", () => {
    stored = changed;
  });
  window.addEventListener("online", save);
  window.addEventListener("offline", () => say(form.dataset.offline));
  window.addEventListener("beforeunload", (event) => {
    if (changed !== stored) event.preventDefault();
  });
  window.setInterval(save, 10_000);
  say(form.dataset.saved);

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
