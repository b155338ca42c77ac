// Looks for the proof of work while somebody types a receipt, and tries again by itself where too many are checked.
// Without scripts the forms work as forms: their sender waits a little longer, and presses a button.
(() => {
  const forms = [...document.querySelectorAll("[data-receipt]")];
  const worker = forms[0]?.dataset.worker;
  if (!worker || !window.Worker || !window.fetch) return;
  const PAUSES = [0, 3000, 6000, 12000]; // fewer than the uses of a ticket
  const CROWDED = 503;
  const LONGEST_SEARCH = 15000;
  const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

  const proof = new Promise((resolve) => {
    const search = new Worker(worker);
    search.addEventListener("message", (event) => {
      for (const form of forms) form.elements.namedItem("proof").value = event.data;
      search.terminate();
      resolve();
    });
    search.postMessage(forms[0].elements.namedItem("ticket").value);
  });

  function show(page) {
    document.open();
    document.write(page);
    document.close();
    window.scrollTo(0, 0);
  }

  // The page that answers. What is refused for the crowd was not looked at, so that sending it again is safe.
  async function answered(form, button) {
    let page = "";
    for (const pause of PAUSES) {
      await wait(pause);
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form, button), cache: "no-store" });
      page = await answer.text();
      if (answer.status !== CROWDED) break;
    }
    return page;
  }

  function watch(form) {
    let state = "typing";
    form.addEventListener("submit", async (event) => {
      if (state === "plain") return;
      event.preventDefault();
      if (state === "sending") return;
      state = "sending";
      const button = event.submitter;
      button?.setAttribute("aria-disabled", "true");
      await Promise.race([proof, wait(LONGEST_SEARCH)]);
      try {
        show(await answered(form, button));
      } catch {
        state = "plain"; // the browser says what is wrong with the connection
        button?.removeAttribute("aria-disabled");
        form.requestSubmit(button);
      }
    });
    if (form.dataset.again) wait(Number(form.dataset.again) * 1000).then(() => form.requestSubmit());
  }

  for (const form of forms) watch(form);
})();
