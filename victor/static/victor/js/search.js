// Shows the results in the page itself. So the way back from a result leads to a page that can be shown again: the question
// is in the state of the browser's own history, in no address, and gone when the tab is closed.
const QUESTION = "question"; // on its way to the search in another language, and taken away there
const results = document.querySelector("[data-results]");
const field = document.querySelector("#q");

const show = async (question) => {
  const body = new FormData();
  body.append("q", question);
  const answer = await fetch(window.location.pathname, { method: "POST", body });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  results.replaceChildren(...page.querySelector("[data-results]").childNodes);
  field.value = question;
};

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-search]");
  if (!form) return;
  event.preventDefault();
  const question = form.elements.namedItem("q").value;
  if (form.dataset.search === "elsewhere") {
    window.sessionStorage.setItem(QUESTION, question);
    return window.location.assign(form.action);
  }
  try {
    await show(question);
    window.history.replaceState({ question }, "");
  } catch {
    form.submit(); // the answer of the server, or of the browser, says what is wrong
  }
});

window.addEventListener("pageshow", () => {
  const question = window.history.state?.question ?? window.sessionStorage.getItem(QUESTION);
  window.sessionStorage.removeItem(QUESTION);
  if (!question || results.childElementCount) return;
  window.history.replaceState({ question }, "");
  show(question).catch(() => {});
});
