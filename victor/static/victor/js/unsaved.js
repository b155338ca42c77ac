// Asks before typed words are thrown away: by a link, by another form of the page, by closing it. Nothing is stored.
(() => {
  const forms = [...document.querySelectorAll('main form[method="post"]')].filter((form) => !form.closest("[data-vault-cover]"));
  const state = (form) =>
    JSON.stringify([...new FormData(form)].map(([name, value]) => [name, value.name ?? value]).filter(([name]) => name !== "csrfmiddlewaretoken"));
  const first = new Map();
  let sent = null; // the form that is being sent: its words are not lost
  let isLeaving = false; // whoever has to leave at once is not asked

  // A page that answers a form has the form's own address, to which one cannot come back: it takes the page's.
  for (const form of forms) {
    if (form.dataset.address) history.replaceState(null, "", form.dataset.address);
  }

  const isTyped = (form) => first.has(form) && first.get(form) !== state(form); // null: it came with typed words
  // Browsers put back what was typed before a reload; only then is it known what the page shows first.
  window.addEventListener("pageshow", () => {
    sent = null;
    for (const form of forms) first.set(form, form.dataset.unsaved === "yes" ? null : state(form));
  });
  window.addEventListener("unsaved:saved", (event) => first.set(event.target, state(event.target)));
  document.addEventListener("submit", (event) => { sent = event.target; });
  document.addEventListener("input", () => { sent = null; });
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-quick-exit]")) isLeaving = true;
  }, { capture: true });
  window.addEventListener("beforeunload", (event) => {
    if (!isLeaving && forms.some((form) => form !== sent && isTyped(form))) event.preventDefault();
  });
})();
