// Puts canned words into the answer without a round trip, where they are at hand in the language that is chosen.
const form = document.querySelector("[data-composer]");
const button = form?.querySelector("[value=canned]");

if (button) {
  const ready = JSON.parse(document.getElementById("canned").textContent);
  button.addEventListener("click", (event) => {
    const words = ready[form.elements.namedItem("canned").value];
    if (!words || form.elements.namedItem("language").value !== button.dataset.language) return;
    event.preventDefault();
    for (const [name, text] of Object.entries(words)) {
      const field = form.elements.namedItem(name);
      field.value = [field.value.trim(), text].filter(Boolean).join("\n\n");
    }
    form.elements.namedItem("text").focus();
  });
}
