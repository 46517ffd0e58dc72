// Reports that wait on this device until there is a connection; nothing is here that its owner did not ask to keep.
//
// A report is one record: the key it is sent under, its state, its fields and photos, and when it was begun. What was
// sent keeps its number and link only.

const DATABASE = "townline-reports";
const REPORTS = "reports";
/// One turn at a time, also across windows.
const TURN = "townline-send-reports";
/// The server knows a key again for seven days; nothing is sent under one that it may have forgotten.
const KEPT_DAYS = 6;
const DAY_MS = 86_400_000;
const LETTERS = "abcdefghijklmnopqrstuvwxyz234567";

/// 128 random bits in base 32: nobody else can guess it, and the server takes one report under it.
export function newKey() {
  const bits = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const letter = (place) => LETTERS[parseInt(bits.slice(place * 5, place * 5 + 5).padEnd(5, "0"), 2)];
  return Array.from({ length: 26 }, (_, place) => letter(place)).join("");
}

/// Every report on this device, the oldest first. What is too old to be sent is gone.
export async function all() {
  const records = await run("readonly", (reports) => reports.getAll());
  const isOver = ({ begun }) => Date.now() - begun > KEPT_DAYS * DAY_MS;
  for (const { key } of records.filter(isOver)) await remove(key);
  return records.filter((record) => !isOver(record)).sort((one, other) => one.begun - other.begun);
}

export function put(record) {
  return run("readwrite", (reports) => reports.put(record));
}

export function remove(key) {
  return run("readwrite", (reports) => reports.delete(key));
}

/// Sends one report if it still waits, and gives what has become of it.
export function send(key) {
  return navigator.locks.request(TURN, async () => {
    const record = await run("readonly", (reports) => reports.get(key));
    if (record?.state !== "waiting") return record;
    const after = await outcome(record);
    await put(after);
    return after;
  });
}

/// Sends everything that waits.
export async function sendAll() {
  for (const { key, state } of await all()) if (state === "waiting") await send(key);
  return all();
}

async function outcome(record) {
  let answer;
  let text;
  try {
    // Without cookies: whoever uses this device by then has nothing to do with the report.
    answer = await fetch(record.action, { method: "POST", body: form(record), credentials: "omit" });
    text = await answer.text();
  } catch {
    return record;
  }
  if (answer.status === 429 || answer.status >= 500) return record;
  const { key, begun, title } = record;
  if (!answer.ok) return { ...record, state: "refused" };
  const link = new URL(answer.url).pathname;
  if (!link.endsWith("/receipt")) return { key, begun, title, state: "unfinished", link: link + new URL(answer.url).search };
  const number = new DOMParser().parseFromString(text, "text/html").querySelector(".number")?.textContent.trim() ?? "";
  return { key, begun, title, state: "sent", link, number };
}

function form({ key, fields, photos }) {
  const body = new FormData();
  for (const [name, value] of fields) if (name !== "key") body.append(name, value);
  for (const photo of photos) body.append("photos", photo, photo.name);
  body.append("key", key);
  return body;
}

/// Runs one operation on the store.
async function run(mode, operation) {
  const database = await open();
  try {
    return await done(operation(database.transaction(REPORTS, mode).objectStore(REPORTS)));
  } finally {
    database.close();
  }
}

function open() {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(REPORTS, { keyPath: "key" });
  return done(opening);
}

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
