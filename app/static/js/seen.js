// Tells the program once that a person looks at the page: a movement, a key, a scroll. Mail scanners fetch
// pages but do none of these, which is why opening a link counts for nothing.

const address = document.querySelector('meta[name="seen-url"]')?.content;
const token = document.querySelector('input[name="csrf_token"]')?.value;
const SIGNS = ["scroll", "pointermove", "pointerdown", "keydown"];

function tell() {
  for (const sign of SIGNS) removeEventListener(sign, tell);
  const headers = { "X-CSRFToken": token };
  fetch(address, { method: "POST", headers, credentials: "same-origin", keepalive: true }).catch(() => {});
}

if (address && token) for (const sign of SIGNS) addEventListener(sign, tell, { passive: true });
