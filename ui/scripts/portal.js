// Beside every page of residents: makes the one-page report open without a connection, sends what waits on this
// device, and says what became of it.

const place = document.getElementById("device-report");

/// The worker keeps pages in every language; it needs to know which one is read.
async function keepOffline() {
  if (!("serviceWorker" in navigator) || navigator.connection?.saveData) return;
  const shelf = await caches.open("townline-language");
  await shelf.put("/language", new Response(document.documentElement.lang));
  await navigator.serviceWorker.register(place.dataset.worker);
}

async function sendWaiting() {
  const { all, sendAll, remove } = await import(place.dataset.device);
  const records = navigator.onLine ? await sendAll() : await all();
  place.replaceChildren(...records.filter(isWorthSaying).map((record) => told(record, remove)));
  place.hidden = place.children.length === 0;
}

const isWorthSaying = ({ state }) => ["waiting", "sent", "unfinished", "refused"].includes(state);

function told(record, remove) {
  const { say } = words();
  const line = document.createElement("p");
  const link = document.createElement("a");
  link.href = record.link ?? place.dataset.page;
  link.textContent = say(record.state === "sent" ? "open" : "look");
  line.append(say(record.state).replace("%n", record.number ?? ""), " ", link, " ");
  if (record.state === "sent") line.append(away(record, line, remove));
  return line;
}

/// Whoever has written the number down takes the report off the device.
function away(record, line, remove) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  button.textContent = words().say("delete");
  button.addEventListener("click", async () => {
    await remove(record.key);
    line.remove();
    place.hidden = place.children.length === 0;
  });
  return button;
}

function words() {
  return { say: (name) => place.dataset[`say${name[0].toUpperCase()}${name.slice(1)}`] ?? "" };
}

async function begin() {
  if (!("indexedDB" in window && navigator.locks)) return;
  await Promise.allSettled([sendWaiting(), keepOffline()]);
}

if (place) {
  addEventListener("online", () => sendWaiting().catch(() => {}));
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin);
}
