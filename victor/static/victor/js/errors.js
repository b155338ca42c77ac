// Puts the focus on what is wrong with what was sent, where the browser has not done so by itself.
(() => {
  const summary = document.querySelector("[data-error-summary]");
  if (!summary) return;
  summary.focus();
  summary.scrollIntoView({ block: "nearest" });
})();
