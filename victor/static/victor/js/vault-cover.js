// At the minute at which the vault locks, what is secret is covered; the passphrase uncovers it in place, with every
// word that was typed. Typing counts as work, as far as the server is told of it.
(() => {
  const TICK = 1000;
  const WORK = 30000;
  const cover = document.querySelector("[data-vault-cover]");
  if (!cover) return;
  const secrets = [...document.querySelectorAll("[data-secret]")];
  const form = cover.querySelector("form");
  const field = form.querySelector("[name=passphrase]");
  const error = cover.querySelector("[data-error]");
  let end = Date.now() + Number(cover.dataset.seconds) * 1000;
  let told = Date.now(); // when the server last heard that somebody works
  let asking = false;

  const show = (isLocked) => {
    for (const secret of secrets) secret.hidden = isLocked;
    cover.hidden = !isLocked;
    if (isLocked) field.focus();
  };

  // Asks the server how long it is still unlocked. A question by itself is no work.
  const ask = async (isWork) => {
    const headers = isWork ? {} : { "X-Unattended": "1" };
    const answer = await fetch(cover.dataset.state, { headers, redirect: "error", cache: "no-store" });
    if (!answer.ok) throw new Error("no answer");
    end = Date.now() + (await answer.json()).seconds * 1000;
  };

  const check = async () => {
    if (!cover.hidden || asking || Date.now() < end) return;
    asking = true;
    try {
      await ask(false); // another tab may have been used meanwhile
    } catch {
      end = 0; // the connection or the session is gone: what is secret is covered all the same
    }
    asking = false;
    if (Date.now() >= end) show(true);
  };

  const work = () => {
    if (!cover.hidden || Date.now() - told < WORK) return;
    told = Date.now();
    ask(true).catch(() => {}); // what the server does not hear does not count; the next word tells it again
  };

  // Whoever was logged out has logged in elsewhere since: every form of the page needs the token of the new session.
  const renew = async () => {
    const answer = await fetch(form.action, { cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[name=passphrase]")?.form.elements.namedItem("csrfmiddlewaretoken").value;
    if (!fresh) throw new Error(cover.dataset.loggedOut);
    for (const token of document.querySelectorAll("[name=csrfmiddlewaretoken]")) token.value = fresh;
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    error.textContent = "";
    try {
      await renew();
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
      if (answer.type !== "opaqueredirect") {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        throw new Error(page.querySelector(".field__error")?.textContent ?? cover.dataset.failed);
      }
      await ask(true);
      if (Date.now() >= end) throw new Error(cover.dataset.failed);
      form.reset();
      show(false);
    } catch (failure) {
      error.textContent = failure instanceof TypeError ? cover.dataset.failed : failure.message;
      field.focus();
    }
  });

  document.addEventListener("input", work);
  document.addEventListener("visibilitychange", check);
  setInterval(check, TICK);
  check();
})();
