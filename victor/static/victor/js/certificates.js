// While certificates are being made, the page says how far it is. Without this, a link does.
const EVERY = 2000;
const place = document.querySelector("[data-making]");

const look = async () => {
  if (document.hidden) return;
  try {
    const answer = await fetch(place.dataset.making, { headers: { "X-Unattended": "1" }, redirect: "error" });
    if (answer.status !== 200) return;
    place.innerHTML = await answer.text(); // our own page's words, from our own server
    if (!place.querySelector("progress")) location.reload();
  } catch {
    // The connection is gone: the next round tries again.
  }
};

if (place?.querySelector("progress")) setInterval(look, EVERY);
