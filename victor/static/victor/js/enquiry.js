// Inside a question, the number of an answer chooses it and leads to the next question. Works without, by arrows.
"use strict";

(() => {
  const questions = [...document.querySelectorAll("[data-presses]")];
  const answers = (question) => [...question.querySelectorAll("input[type=radio]")];
  const key = (place) => String((place + 1) % 10);
  const hint = document.querySelector(".enquiry__keys");

  for (const question of questions) {
    question.querySelectorAll("kbd").forEach((mark, place) => { mark.textContent = key(place); });
    question.addEventListener("keydown", (event) => {
      const chosen = answers(question).find((_answer, place) => key(place) === event.key);
      if (!chosen || event.ctrlKey || event.altKey || event.metaKey) { return; }
      event.preventDefault();
      chosen.checked = true;
      const next = questions[questions.indexOf(question) + 1];
      const there = next ? answers(next) : [question.form.querySelector("[type=submit]")];
      (there.find((answer) => answer.checked) || there[0]).focus();
    });
  }
  const first = questions[0] && answers(questions[0]);
  if (first && !document.querySelector("[role=alert]")) {
    (first.find((answer) => answer.checked) || first[0]).focus();
  }
  if (hint) { hint.hidden = false; }
})();
