// A form saves its draft by itself every ten seconds, and says whether it is saved, and why not. Nothing is stored here.
(() => {
  const form = document.querySelector("[data-self-saving]");
  if (!form) return;
  const said = form.querySelector("[data-said]");
  const seen = form.elements.namedItem("seen");
  let changed = 0;
  let saved = 0;
  let sending = null; // the saving on its way
  let isStopped = false;
  let isWaiting = false;

  const say = (words) => {
    if (said.textContent !== words) said.textContent = words;
  };

  const take = (facts, counted) => {
    seen.value = facts.seen;
    saved = counted;
    say(changed === saved ? facts.saved : said.dataset.notSaved);
    if (changed === saved) form.dispatchEvent(new CustomEvent("unsaved:saved", { bubbles: true }));
    form.dispatchEvent(new CustomEvent("self-saving:saved", { detail: facts }));
  };

  const save = async () => {
    const counted = changed;
    const body = new FormData(form);
    body.set(form.dataset.selfSaving, "auto");
    for (const input of form.querySelectorAll("input[type=file]")) body.delete(input.name); // a file goes by the button
    try {
      const answer = await fetch(location.href, { method: "POST", body, redirect: "manual" });
      if (answer.ok) {
        take(await answer.json(), counted);
      } else if (answer.status === 409 || answer.status === 422) {
        isStopped = answer.status === 409;
        say((await answer.json()).error);
      } else {
        isStopped = true; // logged out, or a fault: the words are here, and nowhere else
        say(said.dataset.failed);
      }
    } catch {
      say(said.dataset.offline);
    }
  };

  const saveOnce = () => {
    if (sending || isStopped || changed === saved) return;
    sending = save().finally(() => {
      sending = null;
    });
  };

  form.addEventListener("input", () => {
    changed += 1;
    if (!isStopped) say(navigator.onLine ? said.dataset.notSaved : said.dataset.offline);
  });
  // What is pressed while a saving is on its way waits for it: else the page would name a text that is there no more.
  form.addEventListener("submit", (event) => {
    isStopped = true;
    if (!sending) return;
    event.preventDefault();
    if (!isWaiting) {
      sending.then(() => {
        isWaiting = false;
        form.requestSubmit(event.submitter);
      });
    }
    isWaiting = true;
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) isStopped = false;
  });
  window.addEventListener("online", saveOnce);
  window.addEventListener("offline", () => say(said.dataset.offline));
  window.setInterval(saveOnce, 10_000);
  if (form.dataset.saved) say(form.dataset.saved);
})();
