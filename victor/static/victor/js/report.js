// Sends a report so that a broken connection leaves the page as it is, and looks for the proof while one writes.
// Without scripts the form works as a form: later, and after an error page of the browser, but just as surely.
(() => {
  const form = document.querySelector("[data-report]");
  if (!form) return;
  const failure = form.querySelector("[data-report-failure]");
  const proof = form.elements.namedItem("proof");
  const ticket = form.elements.namedItem("ticket");
  const PAUSES = [0, 2000, 5000, 8000]; // fewer than the uses of a ticket
  const TOO_LARGE = 413;
  const CROWDED = 429;
  const BROKEN = 503; // and trying again does not help, unless the answer says when
  let sending = false;

  if (ticket.value && !proof.value && window.Worker) {
    const worker = new Worker(form.dataset.worker);
    worker.addEventListener("message", (event) => {
      proof.value = event.data;
      worker.terminate();
    });
    worker.postMessage(ticket.value);
  }

  const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

  // The same ticket is received once: trying again is safe. The proof may have been found meanwhile.
  async function answered(button) {
    let page = null;
    for (const pause of PAUSES) {
      await wait(pause);
      try {
        const answer = await fetch(form.action, { method: "POST", body: new FormData(form, button), cache: "no-store" });
        if (answer.ok) return { page: await answer.text() };
        if (answer.status === TOO_LARGE) return { fault: form.dataset.large };
        if (answer.status === CROWDED) page = await answer.text();
        if (answer.status === BROKEN && !answer.headers.has("Retry-After")) return { page: await answer.text() };
      } catch {
        // Try again.
      }
    }
    return { page, fault: form.dataset.unsure };
  }

  form.addEventListener("submit", async (event) => {
    // Enter presses a button without a name, which stands before those of the languages.
    const button = form.querySelector("[name=go][value=send]");
    if (!button || (event.submitter?.name && event.submitter !== button)) return;
    event.preventDefault();
    if (sending) return;
    sending = true;
    const words = button.textContent;
    button.textContent = form.dataset.sending;
    button.setAttribute("aria-disabled", "true");
    failure.hidden = true;
    const { page, fault } = await answered(button);
    if (page) {
      document.open();
      document.write(page);
      document.close();
      window.scrollTo(0, 0);
      return;
    }
    sending = false;
    button.textContent = words;
    button.removeAttribute("aria-disabled");
    failure.textContent = fault;
    failure.hidden = false;
    failure.focus();
    failure.scrollIntoView({ block: "nearest" });
  });
})();
