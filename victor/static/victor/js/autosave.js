// Saves what is being written every ten seconds, and with Ctrl+S. Says at once that something is not saved yet, and why
// not; the badge of the page follows. Whoever was logged out logs in elsewhere, and nothing is lost here.
const PAUSE = 10000;

for (const form of document.querySelectorAll("[data-autosave]")) {
  const said = form.querySelector("[data-said]");
  const revision = form.elements.namedItem("revision");
  const badge = document.querySelector("[data-text-state]");
  const written = () => new URLSearchParams(new FormData(form)).toString();
  let saved = written();
  let stopped = false;
  let saving = null;

  const show = (told) => {
    said.textContent = told.said;
    if (!badge || !told.state) return;
    badge.textContent = told.words;
    badge.className = `state state--${told.state}`;
  };

  const take = (told, before, now) => {
    // The buttons below decide on the text that is on the screen, so they name its revision too.
    for (const named of document.querySelectorAll("input[name=revision]")) named.value = told.revision;
    saved = now.replace(`revision=${before}`, `revision=${told.revision}`);
    if (written() === saved) form.dispatchEvent(new CustomEvent("unsaved:saved", { bubbles: true }));
    else said.textContent = form.dataset.notSaved;
  };

  // After a log-in in another tab the page needs the token of the new session.
  const renew = async () => {
    const answer = await fetch(form.action, { redirect: "error" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[name=csrfmiddlewaretoken]")?.value;
    for (const field of fresh ? document.querySelectorAll("[name=csrfmiddlewaretoken]") : []) field.value = fresh;
  };

  const send = async () => {
    const [now, before] = [written(), revision.value];
    let answer;
    try {
      answer = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form) });
    } catch {
      show({ said: form.dataset.offline });
      return;
    }
    if (answer.redirected || answer.status === 403) {
      show({ said: form.dataset.loggedOut });
      await renew().catch(() => {}); // still logged out: the next round tries again
      return;
    }
    const told = await answer.json().catch(() => ({ said: form.dataset.failed }));
    show(told);
    stopped = answer.status === 409;
    if (answer.ok) take(told, before, now);
  };

  const save = async () => {
    if (written() === saved || stopped || saving) return saving;
    saving = send().finally(() => { saving = null; });
    return saving;
  };

  form.addEventListener("input", () => {
    if (!stopped && written() !== saved) said.textContent = form.dataset.notSaved;
  });
  // What is being saved and what is sent must not meet: the second waits for the first.
  form.addEventListener("submit", (event) => {
    if (saving) {
      event.preventDefault();
      const button = event.submitter;
      saving.finally(() => form.requestSubmit(button));
      return;
    }
    stopped = true;
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) stopped = false; });
  setInterval(save, PAUSE);
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      save();
    }
  });
}
