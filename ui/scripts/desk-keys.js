// Keys of the desk: single letters, the box of commands (Ctrl+K) and the sheet that lists the keys (?).
//
// Everything here can be reached without keys too: the commands and the sheet are a page of their own. Letters do
// nothing while somebody types, and can be switched off for those whose voice or hands press them by accident.

const OFF = "townline-desk-letters-off";
const PAUSE_MS = 150;
const keys = new Map();

/// Runs something when this letter is pressed outside of fields.
export function whenKey(key, run) {
  keys.set(key, run);
}

const isTyping = (element) => element?.closest("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]");

/// A browser may be told to keep nothing; letters then stay on.
function lettersAreOff() {
  try {
    return localStorage.getItem(OFF) === "yes";
  } catch {
    return false;
  }
}

function switchLetters(areOff) {
  try {
    if (areOff) localStorage.setItem(OFF, "yes");
    else localStorage.removeItem(OFF);
  } catch {
    // Nothing is kept, as the browser was told.
  }
}

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    commands?.showModal();
  } else if (event.ctrlKey && event.key === "Enter") {
    const form = event.target.closest("form[method=post]");
    if (form) {
      event.preventDefault();
      form.requestSubmit();
    }
  } else if (!event.ctrlKey && !event.altKey && !event.metaKey) press(event);
});

function press(event) {
  if (isTyping(event.target) || document.querySelector("dialog[open]") || lettersAreOff()) return;
  const run = keys.get(event.key);
  const link = document.querySelector(`a[data-key="${CSS.escape(event.key)}"]`);
  if (!run && !link) return;
  event.preventDefault();
  if (run) run();
  else link.click();
}

const commands = document.getElementById("command-box");
const sheet = document.getElementById("key-sheet");
const opener = document.querySelector("[data-opens-commands]");

whenKey("/", () => document.querySelector("main [name=q]")?.focus());
whenKey("?", openSheet);

opener?.addEventListener("click", (event) => {
  event.preventDefault();
  commands.showModal();
});

for (const dialog of [commands, sheet]) {
  dialog?.querySelector("[data-closes]").addEventListener("click", () => dialog.close());
}

async function page(query) {
  const address = new URL(commands.querySelector("form").action);
  address.searchParams.set("q", query);
  address.searchParams.set("part", "list");
  const answer = await fetch(address);
  return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : undefined;
}

async function openSheet() {
  const place = sheet.querySelector("[data-keys]");
  sheet.showModal();
  if (place.childElementCount > 0) return;
  const list = (await page(""))?.getElementById("keys");
  if (!list) return;
  place.replaceChildren(...list.childNodes);
  const off = sheet.querySelector("input");
  off.checked = lettersAreOff();
  off.addEventListener("change", () => switchLetters(off.checked));
}

const input = commands?.querySelector("input");
const answers = commands?.querySelector("[data-answers]");
let timer;
let asked = 0;

commands?.addEventListener("toggle", () => {
  if (commands.open) {
    input.select();
    offer();
  }
});
input?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(offer, PAUSE_MS);
});

/// What can be done on this page, then what the desk offers.
async function offer() {
  const turn = ++asked;
  const words = input.value.trim().toLowerCase();
  const here = words ? stepsHere(words) : [];
  const found = (await page(input.value).catch(() => undefined))?.querySelectorAll("#answers > li") ?? [];
  if (turn === asked) answers.replaceChildren(...here, ...found);
}

/// The forms of the request on this page, as commands.
function stepsHere(words) {
  const steps = [...document.querySelectorAll("details[data-action]")];
  const meant = steps.filter((step) => step.querySelector("summary").textContent.toLowerCase().includes(words));
  return meant.map((step) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.textContent = step.querySelector("summary").textContent.trim();
    button.addEventListener("click", () => unfold(step));
    const item = document.createElement("li");
    item.append(button);
    return item;
  });
}

function unfold(step) {
  commands.close();
  step.open = true;
  (step.querySelector("select, textarea, input:not([type=hidden])") ?? step.querySelector("button")).focus();
}

commands?.addEventListener("keydown", (event) => {
  const stops = [input, ...answers.querySelectorAll("a, button")];
  const now = stops.indexOf(document.activeElement);
  const to = { ArrowDown: now + 1, ArrowUp: now - 1 }[event.key];
  if (stops[to]) {
    event.preventDefault();
    stops[to].focus();
  } else if (event.key === "Enter" && document.activeElement === input && stops[1]) {
    event.preventDefault();
    stops[1].click();
  }
});
