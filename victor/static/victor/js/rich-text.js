// The names of the editor's buttons are in English, also for screen readers: they take those of the reader's language.
const translate = (field) => {
  for (const button of field.querySelectorAll(".prose-menubar [title], .prose-menubar [aria-label]")) {
    for (const attribute of ["title", "aria-label"]) {
      const words = button.getAttribute(attribute);
      const translated = words && window.gettext(words);
      if (translated !== words) button.setAttribute(attribute, translated);
    }
  }
};

// Gives the rich text editor what its field has: a name for screen readers, the language, the spell checker.
const name = (field) => {
  const editor = field.querySelector(".tiptap");
  const textarea = field.querySelector("textarea");
  translate(field);
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

// Pasted text comes from Word, Google Docs or a web page: the server reads its lists, emphasis and tables, and says what
// has no place here. What was copied in the editor itself is pasted by the editor.
const paste = async (event) => {
  const html = event.clipboardData?.getData("text/html");
  const box = event.target instanceof Element && event.target.closest(".tiptap");
  const form = box && box.closest("[data-pasted]");
  if (!form || !html || html.includes("data-pm-slice")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const body = new FormData();
  body.append("html", html);
  body.append("csrfmiddlewaretoken", form.elements.namedItem("csrfmiddlewaretoken").value);
  let read = { html, said: "" };
  try {
    const answer = await fetch(form.dataset.pasted, { method: "POST", body });
    if (answer.ok) read = await answer.json();
  } catch {
    // Without a connection the editor reads it by itself, and saving says what has no place.
  }
  box.editor.chain().focus().insertContent(read.html).run();
  box.closest(".texts__row").querySelector("[data-said-of-paste]").textContent = read.said;
};

document.addEventListener("paste", paste, true);
