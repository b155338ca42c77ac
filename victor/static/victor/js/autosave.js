// Saves what is being written every ten seconds, and with Ctrl+S; says so where a screen reader hears it.
const PAUSE = 10000;

for (const form of document.querySelectorAll("[data-autosave]")) {
  const said = form.querySelector("[data-said]");
  const revision = form.elements.namedItem("revision");
  const written = () => new URLSearchParams(new FormData(form)).toString();
  let saved = written();
  let stopped = false;

  const save = async () => {
    const now = written();
    if (now === saved || stopped) return;
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form) });
      const told = await answer.json();
      said.textContent = told.said;
      stopped = answer.status === 409;
      if (answer.ok) {
        const before = revision.value;
        // The buttons below decide on the text that is on the screen, so they name its revision too.
        for (const named of document.querySelectorAll("input[name=revision]")) named.value = told.revision;
        saved = now.replace(`revision=${before}`, `revision=${told.revision}`);
      }
    } catch {
      // The connection is gone: the text is still in the page, and the next round tries again.
    }
  };

  setInterval(save, PAUSE);
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      save();
    }
  });
}
