// Looks for a number with which the SHA-256 of "ticket:number" begins with so many zeros. Apart from the page, so that
// nobody's writing is held up. Written out, since browsers offer the digest in secure contexts only, and one at a time.
const BITS = 18;
const K = new Uint32Array(64);
const START = new Uint32Array(8);

// The constants of SHA-256: fractions of the square and cube roots of the first primes.
(() => {
  const isPrime = (n) => {
    for (let d = 2; d * d <= n; d++) if (n % d === 0) return false;
    return true;
  };
  const fraction = (x) => ((x - Math.floor(x)) * 2 ** 32) | 0;
  for (let n = 2, found = 0; found < 64; n++) {
    if (!isPrime(n)) continue;
    if (found < 8) START[found] = fraction(Math.sqrt(n));
    K[found++] = fraction(Math.cbrt(n));
  }
})();

const words = new Uint32Array(64);

function compress(state, block) {
  for (let i = 0; i < 16; i++) words[i] = block.getUint32(i * 4);
  for (let i = 16; i < 64; i++) {
    const x = words[i - 15];
    const y = words[i - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    words[i] = (words[i - 16] + s0 + words[i - 7] + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + words[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
  }
  return [a, b, c, d, e, f, g, h].map((each, i) => (each + state[i]) | 0);
}

// The first 32 bits of the digest of a text in ASCII.
function head(text) {
  const blocks = Math.ceil((text.length + 9) / 64);
  const padded = new Uint8Array(blocks * 64);
  for (let i = 0; i < text.length; i++) padded[i] = text.charCodeAt(i);
  padded[text.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 4, text.length * 8);
  let state = Array.from(START);
  for (let i = 0; i < blocks; i++) state = compress(state, new DataView(padded.buffer, i * 64, 64));
  return state[0] >>> 0;
}

self.addEventListener("message", (event) => {
  for (let number = 0; ; number++) {
    if (head(`${event.data}:${number}`) >>> (32 - BITS) === 0) {
      self.postMessage(String(number));
      return;
    }
  }
});
