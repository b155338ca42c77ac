// Gives the rich text editor what its field has: a name for screen readers, the language, the spell checker.
const name = (field) => {
  const editor = field.querySelector(".tiptap");
  const textarea = field.querySelector("textarea");
  if (!editor || !textarea || editor.lang) return;
  editor.lang = textarea.lang;
  editor.spellcheck = true;
  editor.setAttribute("aria-label", textarea.labels[0].textContent.trim());
  editor.setAttribute("aria-multiline", "true");
};

for (const field of document.querySelectorAll(".field")) {
  new MutationObserver(() => name(field)).observe(field, { childList: true, subtree: true });
  name(field);
}
