// Puts one of the portal's pictures into a rich text with what it shows in words; one that is chosen there is changed.
const dialog = document.querySelector("[data-pictures]");
const form = dialog.querySelector("form");
const key = (address) => address.split("/")[2];
let editor;

const open = (button) => {
  editor = button.closest(".texts__row").querySelector(".tiptap").editor;
  const { node } = editor.state.selection;
  form.reset();
  dialog.returnValue = "";
  if (node?.type.name === "image") {
    form.elements.alternative.value = node.attrs.alt ?? "";
    for (const radio of form.querySelectorAll("[name=picture]")) radio.checked = key(radio.value) === key(node.attrs.src);
  }
  dialog.showModal();
};

dialog.addEventListener("close", () => {
  if (dialog.returnValue === "put") {
    const attrs = { src: form.elements.picture.value, alt: form.elements.alternative.value.trim() };
    editor.chain().focus().insertContent({ type: "image", attrs }).run();
  } else {
    editor.commands.focus();
  }
});

for (const button of document.querySelectorAll("[data-insert-picture]")) {
  button.hidden = false;
  button.addEventListener("click", () => open(button));
}
