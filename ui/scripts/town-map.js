// A map of the town: our own tiles in our own style, with controls that have names and work by keys.
//
// Everything a map needs comes by the attributes of its element, because files are named by their content:
// where the library and its worker are, the styles, and the edges of the town.

/// Opens a map in the room's canvas; `view` is [west, south, east, north] or nothing for the whole town.
export async function open(room, { view, edit = (style) => style } = {}) {
  const library = await import(room.dataset.library);
  library.setWorkerUrl(new URL(room.dataset.worker, location.href).href);
  const town = edges(room.dataset.town) ?? [-179, -80, 179, 80];
  const canvas = room.querySelector(".map-canvas");
  const map = new library.Map({
    container: canvas,
    style: await style(room, palette(), edit),
    bounds: bounds(view ?? town),
    fitBoundsOptions: { padding: view ? 0 : 16 },
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxZoom: 20,
    cooperativeGestures: false,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  name(map.getCanvas(), room.dataset.sayCanvas);
  controls(room, map, town);
  follow(room, map, edit);
  return map;
}

/// Whether this browser can draw a map at all.
export function isPossible() {
  return Boolean(document.createElement("canvas").getContext("webgl2"));
}

/// "1,2,3,4" as numbers, or nothing.
export function edges(text) {
  const numbers = (text ?? "").split(",").map(Number);
  return numbers.length === 4 && text && numbers.every(Number.isFinite) ? numbers : undefined;
}

function bounds([west, south, east, north]) {
  return [
    [west, south],
    [east, north],
  ];
}

function name(canvas, words) {
  canvas.setAttribute("aria-label", words);
  canvas.setAttribute("role", "application");
}

function controls(room, map, town) {
  const acts = {
    in: () => map.zoomIn(),
    out: () => map.zoomOut(),
    town: () => map.fitBounds(bounds(town), { padding: 16 }),
  };
  for (const [act, run] of Object.entries(acts)) {
    room.querySelector(`[data-map-do="${act}"]`)?.addEventListener("click", run);
  }
}

const DARK = matchMedia("(prefers-color-scheme: dark)");
const CONTRAST = matchMedia("(prefers-contrast: more)");
const PAPER = matchMedia("print");

/// The colours that suit the page as it is shown now.
function palette() {
  const chosen = document.documentElement.dataset.theme;
  if (PAPER.matches) return "print";
  if (CONTRAST.matches) return "contrast";
  if (chosen === "dark" || (chosen !== "light" && DARK.matches)) return "dark";
  return "light";
}

async function style(room, colours, edit) {
  const answer = await fetch(`${room.dataset.style}${colours}.json`);
  if (!answer.ok) throw new Error(`the style of the map: ${answer.status}`);
  const read = await answer.json();
  // The worker has another address than the page, so tiles are named in full.
  for (const source of Object.values(read.sources)) {
    source.tiles = source.tiles.map((tile) => location.origin + tile);
  }
  return edit(read);
}

/// Draws the map anew when the device turns dark, or the page goes to paper.
function follow(room, map, edit) {
  const redraw = async () => map.setStyle(await style(room, palette(), edit));
  for (const change of [DARK, CONTRAST, PAPER]) change.addEventListener("change", redraw);
}
