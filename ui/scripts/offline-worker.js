// Runs beside our pages and answers with the one-page report when there is no connection.
//
// The server puts before it what is to be kept: `KEPT` with the base of the town, a name that changes with the
// content, the page in each language, and its files. Nothing else ever goes onto the shelf.

const SHELVES = `townline${KEPT.base}:`;
const SHELF = SHELVES + KEPT.name;

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(clear()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (request.mode === "navigate" && isForResidents(address.pathname)) {
    event.respondWith(fetch(request).catch(() => page(address)));
  } else if (KEPT.files.includes(address.pathname)) {
    event.respondWith(file(request));
  }
});

async function fill() {
  const shelf = await caches.open(SHELF);
  // As a stranger sees them: what the person in front of this browser is shown stays off the shelf.
  const asStranger = (address) => new Request(address, { credentials: "omit", cache: "no-cache" });
  await shelf.addAll([...Object.values(KEPT.pages), ...KEPT.files].map(asStranger));
  await self.skipWaiting();
}

async function clear() {
  const old = (await caches.keys()).filter((name) => name.startsWith(SHELVES) && name !== SHELF);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

/// The first page and everything about reporting; staff and private links are told the truth by their browser.
function isForResidents(path) {
  return [`${KEPT.base}/`, `${KEPT.base}/report`].includes(path) || path.startsWith(`${KEPT.base}/report/`);
}

async function page(address) {
  const read = await caches.match("/language", { cacheName: "townline-language" });
  const language = address.searchParams.get("lang") ?? (await read?.text());
  const shelf = await caches.open(SHELF);
  const kept = KEPT.pages[language] ?? Object.values(KEPT.pages)[0];
  return (await shelf.match(kept, { ignoreVary: true })) ?? Response.error();
}

async function file(request) {
  const shelf = await caches.open(SHELF);
  return (await shelf.match(request, { ignoreVary: true })) ?? fetch(request);
}
