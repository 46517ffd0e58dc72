// The streets around one request. What stands in words beside it is the same place.
const room = document.getElementById("spot-map");
const { open, isPossible } = await import(room.dataset.townMap);

if (isPossible()) {
  room.hidden = false;
  const [latitude, longitude] = [Number(room.dataset.latitude), Number(room.dataset.longitude)];
  const around = [longitude - 0.003, latitude - 0.0018, longitude + 0.003, latitude + 0.0018];
  const map = await open(room, { view: around });
  const spot = document.createElement("span");
  spot.className = "map-spot";
  room.querySelector(".map-canvas").append(spot);
  const place = () => {
    const { x, y } = map.project([longitude, latitude]);
    spot.style.transform = `translate(${x}px, ${y}px)`;
  };
  map.on("move", place);
  map.on("resize", place);
  place();
}
