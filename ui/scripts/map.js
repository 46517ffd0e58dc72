// The map of reports, in step with the list below it: the same filters, and what is in view.
//
// Without this file there is the list. With it the map opens above it, moving it narrows the list down, and the
// address of the page always leads back to the same view.

const room = document.getElementById("map");
const list = document.getElementById("map-list");
const counted = room.querySelector(".map-count");
const chosen = room.querySelector(".map-chosen");
const filters = new URLSearchParams(location.search);

/// Waits this long after the last move before the list is asked for.
const CALM_MS = 250;

async function begin() {
  const { open, edges, isPossible } = await import(room.dataset.townMap);
  if (!isPossible()) return;
  room.hidden = false;
  const map = await open(room, { view: edges(room.dataset.view), edit: withFilters });
  counted.textContent = list.querySelector("h2").textContent;
  map.on("moveend", () => settle(map));
  for (const layer of ["counts", "pins"]) {
    map.on("mouseenter", layer, () => (map.getCanvas().style.cursor = "pointer"));
    map.on("mouseleave", layer, () => (map.getCanvas().style.cursor = ""));
  }
  map.on("click", "counts", (event) => nearer(map, event.features[0]));
  map.on("click", "pins", (event) => tell(event.features.map((feature) => feature.properties)));
  map.getCanvas().addEventListener("keydown", (event) => event.key === "Enter" && atCentre(map));
  document.getElementById("map-borders")?.addEventListener("change", (event) => {
    map.setFilter("borders", ["==", ["get", "kind"], event.target.value]);
  });
}

/// The tiles of requests, narrowed down like the list.
function withFilters(style) {
  const kept = new URLSearchParams();
  for (const name of ["status", "service", "district", "from", "until"]) {
    if (filters.get(name)) kept.set(name, filters.get(name));
  }
  const query = kept.toString();
  if (query) {
    const source = style.sources.requests;
    source.tiles = source.tiles.map((tile) => `${tile}?${query}`);
  }
  const borders = document.getElementById("map-borders")?.value ?? "";
  style.layers.find((layer) => layer.id === "borders").filter = ["==", ["get", "kind"], borders];
  return style;
}

let waiting;
let asked = 0;

/// After a move: the address, the form and the list follow the map.
function settle(map) {
  const sides = map.getBounds();
  const view = [sides.getWest(), sides.getSouth(), sides.getEast(), sides.getNorth()];
  const text = view.map((degrees) => degrees.toFixed(5)).join(",");
  filters.set("view", text);
  filters.delete("after");
  history.replaceState(history.state, "", `?${filters}`);
  document.querySelector('form.filters [name="view"]').value = text;
  clearTimeout(waiting);
  waiting = setTimeout(show, CALM_MS);
}

async function show() {
  const turn = ++asked;
  const answer = await fetch(`${location.pathname}?${filters}&part=list`).catch(() => undefined);
  // A list that was asked for later may have come first; and no list is better kept than none.
  if (!answer?.ok || turn !== asked) return;
  list.innerHTML = await answer.text();
  counted.textContent = list.querySelector("h2").textContent;
}

function nearer(map, feature) {
  const { count, open_count: open } = feature.properties;
  const words = room.dataset.sayCount.replace("%n", count).replace("%o", open);
  chosen.textContent = words;
  map.easeTo({ center: feature.geometry.coordinates, zoom: Math.min(map.getZoom() + 2, map.getMaxZoom()) });
}

/// Links to the requests at a place, by the names of their services.
function tell(pins) {
  chosen.replaceChildren();
  const numbers = new Set();
  for (const pin of pins) {
    if (numbers.has(pin.number) || numbers.size === 5) continue;
    numbers.add(pin.number);
    const link = document.createElement("a");
    link.href = room.dataset.request + encodeURIComponent(pin.number);
    link.textContent = `${serviceName(pin.service)} ${pin.number}`;
    const line = document.createElement("span");
    line.append(link, pin.open ? ` (${room.dataset.sayOpen})` : "");
    chosen.append(line, " ");
  }
}

function serviceName(code) {
  const option = [...document.querySelectorAll("#service option")].find((one) => one.value === code);
  return option?.textContent ?? code;
}

/// Enter takes what is in the middle of the map, as a press of the pointer would.
function atCentre(map) {
  const { x, y } = map.project(map.getCenter());
  const around = [
    [x - 24, y - 24],
    [x + 24, y + 24],
  ];
  const [count] = map.queryRenderedFeatures(around, { layers: ["counts"] });
  const pins = map.queryRenderedFeatures(around, { layers: ["pins"] });
  if (count) nearer(map, count);
  else if (pins.length) tell(pins.map((feature) => feature.properties));
}

begin().catch((error) => {
  // The list has everything the map would show.
  room.hidden = true;
  console.warn("the map is not shown:", error);
});
