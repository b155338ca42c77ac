// The list at the door: what is marked while the connection is gone is kept and sent when it is back.
// Kept are numbers of registrations and when, never names; the server notes each once, however often it is told.
const EVERY = 15000; // milliseconds between two looks at what colleagues have noted
const AGAIN = 3000; // after a sending that failed

const list = document.querySelector("[data-door]");

if (list) {
  const KEY = `victor.check-in.${list.dataset.session}`;
  const said = list.dataset;
  const count = document.querySelector("[data-here-count]");
  const line = document.querySelector("[data-line]");
  const search = document.querySelector("[data-search]");
  const rows = new Map([...list.querySelectorAll("[data-one]")].map((row) => [Number(row.dataset.one), row]));
  const here = new Set([...rows].filter(([, row]) => row.classList.contains("door__one--here")).map(([one]) => one));
  const refused = new Map();
  let elsewhere = 0; // who is here and, after a search without scripts, not on this page
  let sending = false;
  let timer = 0;

  // Where the browser keeps nothing, the marks live as long as the page does.
  let waiting = new Map();
  const restore = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
      waiting = new Map(kept.filter((pair) => pair.every(Number.isSafeInteger)));
    } catch {
      waiting = new Map();
    }
  };
  const keep = () => {
    try {
      if (waiting.size) localStorage.setItem(KEY, JSON.stringify([...waiting]));
      else localStorage.removeItem(KEY);
    } catch {
      // Nothing to be done: the page itself still has them.
    }
  };

  const show = (one, row) => {
    const button = row.querySelector("button");
    const state = row.querySelector("[data-state]");
    const isHere = here.has(one);
    const isWaiting = !isHere && waiting.has(one);
    const why = isHere || isWaiting ? undefined : refused.get(one);
    row.classList.toggle("door__one--here", isHere);
    row.classList.toggle("door__one--waiting", isWaiting);
    row.classList.toggle("door__one--refused", why !== undefined);
    button.disabled = isHere;
    state.textContent = isHere ? said.confirmed : isWaiting ? said.waiting : why ? `${said.refused} ${why}` : said.mark;
  };

  const showAll = () => {
    rows.forEach((row, one) => show(one, row));
    count.textContent = here.size + elsewhere;
  };

  const plan = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(send, pause);
  };

  const settle = (told, sent) => {
    here.clear();
    elsewhere = 0;
    for (const one of told.here) {
      if (rows.has(one)) here.add(one);
      else elsewhere += 1;
    }
    for (const one of sent) waiting.delete(one);
    for (const [one, why] of Object.entries(told.refused)) refused.set(Number(one), why);
    keep();
  };

  async function send() {
    if (sending) return;
    if (document.hidden && !waiting.size) {
      plan(EVERY);
      return;
    }
    sending = true;
    const sent = [...waiting.keys()];
    const now = Date.now();
    const marks = [...waiting].map(([number, at]) => ({ number, ago: Math.max(0, now - at) }));
    const headers = { "Content-Type": "application/json", "X-CSRFToken": list.elements.csrfmiddlewaretoken.value };
    if (!marks.length) headers["X-Unattended"] = "1";
    try {
      const answer = await fetch(said.door, { method: "POST", headers, body: JSON.stringify({ marks }), redirect: "manual" });
      const isLoggedOut = answer.type === "opaqueredirect" || answer.status === 403;
      if (!answer.ok && !isLoggedOut) throw new Error(answer.status);
      if (answer.ok) settle(await answer.json(), sent);
      line.textContent = isLoggedOut ? said.logIn : "";
      plan(waiting.size && !isLoggedOut ? 0 : EVERY);
    } catch {
      line.textContent = said.offline;
      plan(AGAIN);
    }
    sending = false;
    showAll();
  }

  list.addEventListener("submit", (event) => {
    event.preventDefault();
    const one = Number(event.submitter.value);
    if (here.has(one)) return;
    refused.delete(one);
    if (!waiting.has(one)) waiting.set(one, Date.now());
    keep();
    showAll();
    send();
  });

  // The same comparison as the server's: as it is written, and by its sound in Latin letters.
  const { letters, sounds, reductions } = JSON.parse(said.tables);
  const mapped = (text, table) => Array.from(text, (sign) => table[sign] ?? sign).join("");
  const folded = (text) => mapped(text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, ""), letters);
  const sound = (text) =>
    reductions.reduce((key, [from, to]) => key.replaceAll(from, to), mapped(folded(text), sounds)).replace(/(.)\1+/gu, "$1");
  search.addEventListener("submit", (event) => event.preventDefault()); // the names are here: nothing has to be asked
  search.addEventListener("input", () => {
    const words = folded(search.elements.q.value).split(/\s+/);
    for (const row of rows.values()) {
      const text = row.querySelector(".door__name").textContent;
      const [name, heard] = [folded(text), sound(text)];
      row.hidden = !words.every((word) => name.includes(word) || heard.includes(sound(word)));
    }
  });

  window.addEventListener("online", () => plan(0));
  document.addEventListener("visibilitychange", () => plan(0));
  restore();
  showAll();
  send();
}
