// A passkey opens the vault with one touch. Beside its proof it gives a secret that it has for this vault alone (PRF of
// WebAuthn). Both are sent with the form and stand in no field of the page.
(() => {
  if (!("PublicKeyCredential" in window)) return;
  const answers = new WeakMap(); // by the form that they are sent with
  let asking = false;

  const toBytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
  const toText = (bytes) =>
    btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

  // What the server wants to know of a passkey, with bytes where browsers want bytes.
  const fetchQuestion = async (form) => {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.namedItem("csrfmiddlewaretoken").value);
    const reply = await fetch(form.dataset.passkey, { method: "POST", body, redirect: "error", cache: "no-store" });
    if (!reply.ok) throw new Error("no question");
    const question = await reply.json();
    question.challenge = toBytes(question.challenge);
    for (const passkey of question.allowCredentials) passkey.id = toBytes(passkey.id);
    for (const salts of Object.values(question.extensions.prf.evalByCredential)) salts.first = toBytes(salts.first);
    return question;
  };

  // The proof and the secret of whichever passkey is touched; nothing where it has no secret to give.
  const ask = async (form) => {
    const passkey = await navigator.credentials.get({ publicKey: await fetchQuestion(form) });
    const secret = passkey.getClientExtensionResults().prf?.results?.first;
    if (!secret) return null;
    const response = {};
    for (const name of ["authenticatorData", "clientDataJSON", "signature"]) response[name] = toText(passkey.response[name]);
    const proof = { id: passkey.id, rawId: toText(passkey.rawId), type: passkey.type, response };
    return { proof: JSON.stringify(proof), secret: toText(secret) };
  };

  const say = (form, text) => {
    form.querySelector("[data-passkey-error]").textContent = text;
  };

  const answer = async (form) => {
    const words = form.querySelector("[data-passkey-error]").dataset;
    say(form, "");
    try {
      const given = await ask(form);
      if (!given) {
        say(form, words.none);
        document.querySelector("[name=passphrase]")?.focus();
        return;
      }
      answers.set(form, given);
      form.requestSubmit();
    } catch {
      say(form, words.failed); // nobody touched it, or the connection is gone
    }
  };

  // Before the form is sent a passkey is asked; once it has answered, the form goes its way.
  document.addEventListener(
    "submit",
    async (event) => {
      const form = event.target;
      if (!form.dataset.passkey || answers.has(form)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (asking) return;
      asking = true;
      await answer(form);
      asking = false;
    },
    { capture: true },
  );

  document.addEventListener("formdata", (event) => {
    const given = answers.get(event.target);
    if (!given) return;
    answers.delete(event.target);
    for (const [name, value] of Object.entries(given)) event.formData.set(name, value);
  });

  for (const form of document.querySelectorAll("main form[data-passkey]")) {
    form.hidden = false;
    if (!form.querySelector("input:not([type=hidden])")) form.querySelector("button").focus();
  }
})();
