// One request at the desk: what colleagues do appears while one looks, and who else has it open is said.
//
// A form in which somebody has begun to write is left alone: its version stays the one they saw, so that the server
// notices and shows both.
import { listen, say } from "./desk-live.js";

const room = document.querySelector("[data-live]");
const forms = document.getElementById("forms");
let isWriting = false;

const live = listen({
  room,
  parts: () => ["badge", "history", "facts", "near", ...(isWriting || forms.querySelector("details[open]") ? [] : ["forms"])],
  told: ({ colleagues }) => present(colleagues),
  replaced: () => say(room.dataset.sayChanged),
});

forms.addEventListener("input", () => {
  isWriting = true;
  live.writing();
});

function present(colleagues) {
  const names = colleagues.map(({ name, isWriting: writes }) => (writes ? `${name} (${room.dataset.sayWriting})` : name));
  const words = names.length === 0 ? "" : `${room.dataset.sayHere} ${names.join(", ")}`;
  const place = document.getElementById("presence");
  if (place.textContent !== words) place.textContent = words;
}
