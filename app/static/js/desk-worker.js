// The service worker of the desks: after one visit the page starts without a network. It keeps the page of the desk,
// which names no guest, and the files it is made of; the list is desk-store.js's, sealed.
const PAGES = "parvis-desk-pages";
const FILES = "parvis-desk-files";
const PATIENCE = 3000;

self.addEventListener("install", (event) => {
  // What a desk asks is none of our business: it need not wait until we are awake.
  const api = { condition: { urlPattern: new URL("../api/*", self.location).href }, source: "network" };
  event.addRoutes?.(api).catch(() => { /* then it passes through us */ });
  event.waitUntil(self.skipWaiting());
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// The code of a form that was sent before the script of the page ran, while there was no network.
let typed = null;

// From a page: { page, files } to keep, { forget }, or { awaits }: it is ready for what was typed too early.
self.addEventListener("message", (event) => {
  if (event.data.awaits) {
    if (typed) event.source.postMessage({ typed });
    typed = null;
  } else if (event.data.forget) {
    typed = null;
    event.waitUntil(caches.delete(PAGES));
  }
  else event.waitUntil(keep(event.data));
});

async function keep({ page, files }) {
  const [pages, all] = await Promise.all([caches.open(PAGES), caches.open(FILES)]);
  const fetched = await fetch(page, { credentials: "same-origin" });
  if (fetched.ok && !fetched.redirected) await pages.put(page, fetched);
  const known = new Set((await all.keys()).map((request) => request.url));
  await Promise.all(files.filter((file) => !known.has(file)).map((file) => all.add(file)));
  await Promise.all([...known].filter((file) => !files.includes(file)).map((file) => all.delete(file)));
  for (const client of await self.clients.matchAll()) client.postMessage({ kept: files.length });
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname, searchParams } = new URL(request.url);
  if (request.mode === "navigate" && request.method === "POST" && pathname.endsWith("/scan")) event.respondWith(scan(request));
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (pathname.includes("/static/") || pathname.includes("/accent")) event.respondWith(file(request, searchParams.has("v")));
});

// The server's page while it answers in time; else the one that was kept, whatever was asked of it.
async function page(request) {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
    if (answer.status < 502) return answer;
  } catch {
    // no network
  }
  const kept = await (await caches.open(PAGES)).match(request, { ignoreSearch: true });
  return kept ?? fetch(request);
}

// A code sent as a page of its own. Without a network: the page of the desk, whose script asks for the code.
async function scan(request) {
  const copy = request.clone();
  try {
    return await fetch(request);
  } catch (error) {
    const pages = await (await caches.open(PAGES)).keys();
    const desk = pages.find(({ url }) => request.url === `${url}/scan`);
    if (!desk) throw error;
    const form = await copy.formData();
    typed = { code: form.get("code"), direction: form.get("direction") };
    return Response.redirect(desk.url, 303);
  }
}

// A file with a version never changes; the others are asked for first, and kept in case nobody answers.
async function file(request, isFixed) {
  const files = await caches.open(FILES);
  const kept = await files.match(request);
  if (kept && (isFixed || !navigator.onLine)) return kept;
  try {
    const answer = await fetch(request, kept ? { signal: AbortSignal.timeout(PATIENCE) } : {});
    if (answer.ok && kept) await files.put(request, answer.clone());
    return answer;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}
