// At the minute at which the vault locks, what is secret is covered; the passphrase or a passkey uncovers it in place,
// with every word that was typed. Typing counts as work, as far as the server is told of it.
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
    if (!isLocked) return;
    field.focus();
    offerPasskey().catch(() => {}); // the passphrase is there all the same
  };

  // The page that unlocks the vault, as it is now.
  const fetchPage = async () => {
    const answer = await fetch(form.action, { headers: { "X-Unattended": "1" }, cache: "no-store" });
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  };

  // Whoever has a passkey that opens the vault finds the same button here as on that page.
  const offerPasskey = async () => {
    if (!("PublicKeyCredential" in window)) return;
    const fresh = (await fetchPage()).querySelector("form[data-passkey]");
    cover.querySelector("form[data-passkey]")?.remove();
    if (!fresh) return;
    fresh.hidden = false;
    form.before(document.adoptNode(fresh));
    if (!field.value) fresh.querySelector("button").focus();
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
    const page = await fetchPage();
    const fresh = page.querySelector("[name=passphrase]")?.form.elements.namedItem("csrfmiddlewaretoken").value;
    if (!fresh) throw new Error(cover.dataset.loggedOut);
    for (const token of document.querySelectorAll("[name=csrfmiddlewaretoken]")) token.value = fresh;
  };

  cover.addEventListener("submit", async (event) => {
    event.preventDefault();
    error.textContent = "";
    try {
      await renew();
      const body = new FormData(event.target);
      const answer = await fetch(event.target.action, { method: "POST", body, redirect: "manual" });
      if (answer.type !== "opaqueredirect") {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        throw new Error(page.querySelector(".field__error:not(:empty)")?.textContent ?? cover.dataset.failed);
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
  document.addEventListener("visibilitychange", () => {
    check();
    if (cover.hidden || document.hidden) return;
    const refresh = cover.querySelector("form[data-passkey]") ? renew : offerPasskey; // after a log-in in another tab
    refresh().catch(() => {});
  });
  setInterval(check, TICK);
  check();
})();
