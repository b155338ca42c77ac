// The words of the rich text editor in the reader's language. It asks `gettext` when it starts, after the page is read.
(() => {
  let words = null;
  window.gettext = (text) => {
    words ??= JSON.parse(document.getElementById("editor-words")?.textContent ?? "{}");
    return words[text] ?? text;
  };
})();
