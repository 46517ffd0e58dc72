// Choosing the place of a report on a map, or taking it from the device: it fills in the fields of the form.
//
// The form works without this file; typing an address is the same as pressing the map.

const room = document.getElementById("place-map");
const drawer = document.getElementById("place-map-drawer");
const opener = room.querySelector('[data-map-do="open"]');
const said = room.querySelector(".map-chosen");
const field = (name) => document.querySelector(`form [name="${name}"]`);

let map;

async function unfold() {
  drawer.hidden = false;
  opener.setAttribute("aria-expanded", "true");
  if (map) return;
  const { open } = await import(room.dataset.townMap);
  map = await open(room, { view: around(), edit: withoutRequests });
  map.on("click", (event) => {
    map.easeTo({ center: event.lngLat });
    choose(event.lngLat.lat, event.lngLat.lng);
  });
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key === "Enter") chooseCentre();
  });
}

function fold() {
  drawer.hidden = true;
  opener.setAttribute("aria-expanded", "false");
}

/// Some streets around a place that was chosen before; otherwise the whole town.
function around() {
  const [latitude, longitude] = [Number(field("latitude").value), Number(field("longitude").value)];
  if (!field("latitude").value) return undefined;
  return [longitude - 0.002, latitude - 0.0015, longitude + 0.002, latitude + 0.0015];
}

/// What others reported is for another step.
function withoutRequests(style) {
  delete style.sources.requests;
  style.layers = style.layers.filter((layer) => layer.source !== "requests");
  return style;
}

function chooseCentre() {
  const { lat, lng } = map.getCenter();
  return choose(lat, lng);
}

/// Fills in the point, and the address the town gives it.
async function choose(latitude, longitude) {
  const at = `${latitude.toFixed(6)},${longitude.toFixed(6)}`;
  const answer = await fetch(`${room.dataset.places}?at=${at}`).catch(() => undefined);
  const place = answer?.ok ? await answer.json() : { inside: true };
  if (!place.inside) {
    said.textContent = room.dataset.sayOutside;
    return;
  }
  const [north, east] = at.split(",");
  field("latitude").value = north;
  field("longitude").value = east;
  if (place.label) field("address").value = place.label;
  if (place.zip) field("zip").value = place.zip;
  // The server drops the point when the address is changed by hand afterwards.
  field("located").value = field("address").value;
  said.textContent = room.dataset.sayChosen.replace("%p", place.label ?? room.dataset.sayUnnamed);
}

function whereIAm() {
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      if (map) map.jumpTo({ center: [coords.longitude, coords.latitude], zoom: 17 });
      choose(coords.latitude, coords.longitude);
    },
    () => (said.textContent = room.dataset.sayNowhere),
    { enableHighAccuracy: true, timeout: 15000 },
  );
}

import(room.dataset.townMap).then(({ isPossible }) => (opener.hidden = !isPossible()));
room.hidden = false;
opener.addEventListener("click", () => {
  const done = drawer.hidden ? unfold() : fold();
  done?.catch((error) => {
    fold();
    opener.hidden = true;
    console.warn("the map is not shown:", error);
  });
});
room.querySelector('[data-map-do="choose"]').addEventListener("click", chooseCentre);
const here = room.querySelector('[data-map-do="here"]');
if (navigator.geolocation) here.addEventListener("click", whereIAm);
else here.hidden = true;
