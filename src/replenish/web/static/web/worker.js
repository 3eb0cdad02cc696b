// Keeps the pages that help within reach without a connection: the same pages for everybody. `REPLENISH` stands
// before this text and is written by the server: a version that changes with every page, and what is to be kept.
const CACHE = `replenish-${REPLENISH.version}`;
const HASTE = 2500;

async function fill() {
  const cache = await caches.open(CACHE);
  const response = await fetch(REPLENISH.pages, { cache: "no-cache", credentials: "same-origin" });
  if (!response.ok) throw new Error("the pages are not to be had");
  const policy = ["Content-Security-Policy", "Referrer-Policy", "X-Frame-Options", "X-Content-Type-Options"];
  const headers = new Headers({ "Content-Type": "text/html; charset=utf-8" });
  for (const name of policy) {
    if (response.headers.has(name)) headers.set(name, response.headers.get(name));
  }
  for (const [path, page] of Object.entries(await response.json())) {
    await cache.put(path, new Response(page, { headers }));
  }
  await cache.addAll(REPLENISH.files.map((path) => new Request(path, { cache: "no-cache" })));
}

async function forgetOlder() {
  for (const name of await caches.keys()) {
    if (name.startsWith("replenish-") && name !== CACHE) await caches.delete(name);
  }
  await self.clients.claim();
}

async function kept(path) {
  return (await caches.open(CACHE)).match(path);
}

// The network first. What is kept here takes its place when the network is gone, broken, or slow.
async function freshOrKept(request, path) {
  const copy = await kept(path);
  if (!copy) return request.mode === "navigate" ? reachedOrShell(request) : fetch(request);
  const fresh = fetch(request).then((response) => (response.status >= 500 ? copy.clone() : response));
  const late = new Promise((resolve) => setTimeout(resolve, HASTE, copy.clone()));
  return Promise.race([fresh, late]).catch(() => copy);
}

async function reachedOrShell(request) {
  try {
    return await fetch(request);
  } catch {
    return (await kept(REPLENISH.shell)) ?? Response.error();
  }
}

self.addEventListener("install", (event) => event.waitUntil(fill().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(forgetOlder()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (url.pathname.startsWith(REPLENISH.own)) {
    // A person's own pages are never kept. A page that fails is answered by the one for everybody; but a step
    // from another site must stay the browser's own, so that it does not send the card along.
    const fromHere = request.referrer.startsWith(`${self.location.origin}/`);
    if (request.mode === "navigate" && (fromHere || !self.navigator.onLine)) {
      event.respondWith(reachedOrShell(request));
    }
  } else if (request.method === "GET") {
    event.respondWith(freshOrKept(request, url.pathname));
  }
});
