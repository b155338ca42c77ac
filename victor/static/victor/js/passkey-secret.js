// Asks a new passkey to be able to give a secret of its own (PRF of WebAuthn), so that it can open a vault later. Many
// devices can do that only where they are asked from the first. The library that sets passkeys up does not ask.
(() => {
  if (!navigator.credentials) return;
  const create = navigator.credentials.create.bind(navigator.credentials);
  navigator.credentials.create = (options) =>
    create({ ...options, publicKey: { ...options.publicKey, extensions: { ...options.publicKey.extensions, prf: {} } } });
})();
