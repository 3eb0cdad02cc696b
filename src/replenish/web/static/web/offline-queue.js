// Check-ins that wait on this device. Each is sealed before it is written: what lies here tells that something
// waits, and not what was answered, nor for which week.
import { seal, toBase64 } from "./offline-seal.js";

const NAME = "replenish";
const WAITING = "waiting";
const READY = "ready";
// So long whatever was answered, so that the length does not tell how much.
const PADDED = 2048;
const SEEN = 12;
const PATIENCE = 20000;

let opened = null;
let handle = null;

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(WAITING, { keyPath: "place", autoIncrement: true });
      request.result.createObjectStore(READY);
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => {
        request.result.close();
        opened = handle = null;
      };
      handle = request.result;
      resolve(handle);
    };
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function store(name, mode = "readonly") {
  return (await database()).transaction(name, mode).objectStore(name);
}

export async function waiting() {
  return done((await store(WAITING)).getAll());
}

export async function readiness() {
  return done((await store(READY)).get(READY));
}

// The card left this device, or is used on a shared one: nothing stays.
export async function forgetAll() {
  if (opened) (await opened).close();
  opened = handle = null;
  await done(indexedDB.deleteDatabase(NAME));
}

async function forgetReadiness() {
  await done((await store(READY, "readwrite")).delete(READY));
}

async function remove(place) {
  await done((await store(WAITING, "readwrite")).delete(place));
}

// What was on its way when another page opened was either kept, which the page says, or it waits.
export async function landed({ kept }) {
  for (const item of await waiting()) {
    if (!item.onTheWay) continue;
    if (kept) {
      await remove(item.place);
    } else {
      await done((await store(WAITING, "readwrite")).put({ ...item, onTheWay: false }));
    }
  }
}

export async function learn(address) {
  const response = await fetch(address, {
    credentials: "same-origin", cache: "no-store", redirect: "error", signal: AbortSignal.timeout(PATIENCE),
  });
  if (!response.ok) return null;
  const told = await response.json();
  if (told.shared) {
    await forgetReadiness();
    return told;
  }
  const { key, recipient, tag, asks } = told;
  const before = await readiness();
  const own = before?.tag === tag ? before.own : [];
  await done((await store(READY, "readwrite")).put({ key, recipient, tag, asks, seen: told.seen, own }, READY));
  return told;
}

function randomId() {
  const drawn = crypto.getRandomValues(new Uint8Array(9));
  return toBase64(drawn).replaceAll("+", "-").replaceAll("/", "_");
}

// The ISO week of a day on this device's own calendar, such as 2026-W03.
export function weekOf(day) {
  const thursday = new Date(Date.UTC(day.getFullYear(), day.getMonth(), day.getDate()));
  thursday.setUTCDate(thursday.getUTCDate() + 4 - (thursday.getUTCDay() || 7));
  const year = thursday.getUTCFullYear();
  const number = 1 + Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * 24 * 3600 * 1000));
  return `${year}-W${String(number).padStart(2, "0")}`;
}

// Answers sealed, in memory; null where this device has not been made ready by a page of the card.
export async function sealed(answers, pack, packHash) {
  const ready = await readiness();
  if (!ready) return null;
  const id = randomId();
  const seen = [...ready.seen, ...ready.own];
  const inside = {
    id, tag: ready.tag, week: weekOf(new Date()), pack, pack_hash: packHash, answers, seen,
  };
  const plain = new TextEncoder().encode(JSON.stringify(inside).padEnd(PADDED));
  return { id, key: ready.key, sealed: toBase64(await seal(ready.recipient, plain)), ready };
}

// Written down at once, with nothing awaited before: a form that is just being sent does not wait for it.
// What was answered here, beside the card and not with it, is marked; and whether a code locks the card.
export function keep({ id, key, sealed: closed, ready }, { onTheWay, here = false }) {
  const both = handle.transaction([WAITING, READY], "readwrite");
  const own = [...ready.own, id].slice(-SEEN);
  both.objectStore(READY).put({ ...ready, own }, READY);
  const written = done(both.objectStore(WAITING).add({ id, key, sealed: closed, onTheWay, here, asks: ready.asks }));
  both.commit();
  return written;
}

// The owner has said of some whether they are theirs: those are sent, the others go.
export async function decide(items, areMine) {
  for (const item of items) {
    if (areMine) await done((await store(WAITING, "readwrite")).put({ ...item, here: false }));
    else await remove(item.place);
  }
}

// Send what waits, in its order; gives the sentences to tell, and what is to be asked about first. A code keeps
// others from the page, but not from the questions beside it: of those answers the owner says whose they are.
// Sending twice does no harm: each has an id.
export async function send(address) {
  const items = (await waiting()).filter((item) => !item.onTheWay);
  const nothing = { sentences: [], asked: [] };
  if (items.length === 0) return nothing;
  const told = await learn(address);
  if (!told) return nothing;
  const possible = items.filter((item) => told.shared || item.other !== told.tag);
  const asked = possible.filter((item) => item.here && (item.asks || told.asks));
  const mine = possible.filter((item) => !asked.includes(item)).slice(0, 20);
  if (mine.length === 0) return { sentences: [], asked };
  const response = await fetch(address, {
    method: "POST",
    credentials: "same-origin",
    cache: "no-store",
    redirect: "error",
    headers: { "Content-Type": "application/json", "X-CSRFToken": told.token },
    body: JSON.stringify({ items: mine.map(({ id, key, sealed }) => ({ id, key, sealed })) }),
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (!response.ok) return { sentences: [], asked };
  const sentences = [];
  for (const outcome of (await response.json()).items) {
    const item = mine.find((each) => each.id === outcome.id);
    if (!item) continue;
    sentences.push(outcome.sentence);
    if (!outcome.stays) await remove(item.place);
    if (outcome.other) await done((await store(WAITING, "readwrite")).put({ ...item, other: told.tag ?? "" }));
  }
  return { sentences: [...new Set(sentences)], asked };
}
