// Looks for the proof of work while somebody types a receipt, and sends again by itself where too many are checked.
// Without scripts the forms work as forms: their sender waits a little longer, and presses a button.
(() => {
  const forms = [...document.querySelectorAll("[data-receipt]")];
  const worker = forms[0]?.dataset.worker;
  if (!worker || !window.Worker) return;
  const LONGEST_SEARCH = 15000;
  const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  let isFound = false;

  const proof = new Promise((resolve) => {
    const search = new Worker(worker);
    search.addEventListener("message", (event) => {
      for (const form of forms) form.elements.namedItem("proof").value = event.data;
      search.terminate();
      isFound = true;
      resolve();
    });
    search.postMessage(forms[0].elements.namedItem("ticket").value);
  });

  function watch(form) {
    let isWaiting = false;
    let isReady = false;
    form.addEventListener("submit", async (event) => {
      if (isFound || isReady) return;
      event.preventDefault();
      if (isWaiting) return;
      isWaiting = true;
      const button = event.submitter;
      await Promise.race([proof, wait(LONGEST_SEARCH)]);
      isReady = true;
      form.requestSubmit(button);
    });
    if (form.dataset.again) wait(Number(form.dataset.again) * 1000).then(() => form.requestSubmit());
  }

  for (const form of forms) watch(form);
})();
