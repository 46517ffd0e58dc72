// The whole report on one page: its questions as they come up, kept on the device where somebody asks for it, and sent
// once there is a connection. Without this file the page is a plain form.

const room = document.getElementById("device");
const form = document.querySelector('form[action*="/report/offline"]');
const state = room.querySelector(".device-state");
const list = room.querySelector(".device-list");
const keep = document.getElementById("keep");
const service = form.elements.service;
const asked = document.createElement("div");

/// Waits this long after the last letter before the draft is put away again.
const CALM_MS = 400;

let device;
let draft;

/// ---- The questions of the chosen service ----

function showQuestions() {
  const template = [...document.querySelectorAll("template[data-service]")].find((one) => one.dataset.service === service.value);
  service.setCustomValidity(template?.dataset.stopper ?? "");
  asked.replaceChildren(...(template ? template.content.cloneNode(true).children : []));
  showDue();
}

/// Shows the questions whose turn it is; the others are neither seen nor sent.
function showDue() {
  for (const question of asked.children) {
    const isDue = !question.dataset.after || isAnswered(question.dataset);
    question.hidden = !isDue;
    for (const control of question.querySelectorAll("input, select, textarea")) control.disabled = !isDue;
  }
}

function isAnswered({ after, anyOf }) {
  const given = new FormData(form).getAll(after).filter(Boolean);
  return anyOf ? JSON.parse(anyOf).some((key) => given.includes(key)) : given.length > 0;
}

/// ---- What is kept on the device ----

function written() {
  const fields = [...new FormData(form)].filter(([, value]) => typeof value === "string" && value !== "");
  const photos = [...form.elements.photos.files];
  const place = form.elements.address.value || form.elements.words.value;
  const title = [service.selectedOptions[0]?.value && service.selectedOptions[0].textContent, place].filter(Boolean).join(" · ");
  return { ...draft, action: form.getAttribute("action"), fields, photos, title };
}

/// Puts the draft away, or takes it off the device when it is not to be kept.
async function putAway() {
  if (keep.checked) {
    draft ??= { key: device.newKey(), state: "writing", begun: Date.now() };
    draft = written();
    await device.put(draft);
    state.textContent = room.dataset.sayKept;
  } else if (draft) {
    await device.remove(draft.key);
    draft = undefined;
    state.textContent = room.dataset.sayNotKept;
  }
}

function fillIn(record) {
  draft = record;
  keep.checked = true;
  const given = new Map();
  for (const [name, value] of record.fields) given.set(name, [...(given.get(name) ?? []), value]);
  service.value = given.get("service")?.[0] ?? "";
  showQuestions();
  // A question may depend on one before it, so they come up one after the other.
  for (const control of [...form.elements]) {
    if (control.type === "file" || control.name === "form-token") continue;
    const values = given.get(control.name) ?? [];
    if (control.type === "radio" || control.type === "checkbox") control.checked = values.includes(control.value);
    else if (values.length > 0) control.value = values[0];
    showDue();
  }
  const files = new DataTransfer();
  for (const photo of record.photos) files.items.add(photo);
  form.elements.photos.files = files.files;
}

/// ---- The list of what is here ----

async function showList() {
  const records = (await device.all()).filter((record) => record.state !== "writing");
  list.querySelector("ul").replaceChildren(...records.map(line));
  list.hidden = records.length === 0;
}

function line(record) {
  const item = document.createElement("li");
  const words = document.createElement("p");
  const title = document.createElement("bdi");
  title.textContent = record.title;
  const said = { waiting: "sayWaiting", sent: "saySent", unfinished: "sayUnfinished", refused: "sayRefused" }[record.state];
  words.append(title, document.createElement("br"), room.dataset[said].replace("%n", record.number ?? ""));
  const acts = document.createElement("p");
  acts.className = "actions";
  if (record.link) acts.append(link(record));
  if (record.state === "waiting") acts.append(button("saySend", () => sendOne(record.key)));
  acts.append(button("sayDelete", () => device.remove(record.key)));
  item.append(words, acts);
  return item;
}

function link({ link, state: what }) {
  const to = document.createElement("a");
  to.href = link;
  to.textContent = room.dataset[what === "sent" ? "sayOpen" : "sayGoOn"];
  return to;
}

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "quiet";
  made.textContent = room.dataset[words];
  made.addEventListener("click", async () => {
    await act();
    await showList();
  });
  return made;
}

/// ---- Sending ----

async function sendOne(key) {
  const record = await device.send(key);
  if (record?.link) location.assign(record.link);
}

async function sendWaiting() {
  sayConnection();
  const records = await device.sendAll();
  await showList();
  const sent = records.findLast((record) => record.state === "sent");
  if (sent) state.textContent = room.dataset.saySent.replace("%n", sent.number);
}

function isComplete() {
  const place = ["address", "words", "latitude"].some((name) => form.elements[name].value.trim() !== "");
  form.elements.address.setCustomValidity(place ? "" : room.dataset.sayPlace);
  return form.reportValidity();
}

async function submit(event) {
  if (!keep.checked && navigator.onLine) return;
  event.preventDefault();
  if (!isComplete()) return;
  if (!keep.checked) {
    sayConnection();
    keep.focus();
    return;
  }
  draft = { ...(draft ?? { key: device.newKey(), begun: Date.now() }), state: "waiting" };
  const { key } = (draft = written());
  await device.put(draft);
  draft = undefined;
  form.reset();
  showQuestions();
  await showList();
  state.textContent = room.dataset.sayWaiting;
  state.scrollIntoView({ block: "center" });
  await sendOne(key);
}

function sayConnection() {
  state.textContent = room.dataset[navigator.onLine ? "sayOnline" : "sayOffline"];
}

/// ---- Where one is, which a device knows without a connection ----

function whereIAm() {
  const said = document.getElementById("here-said");
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      form.elements.latitude.value = coords.latitude.toFixed(6);
      form.elements.longitude.value = coords.longitude.toFixed(6);
      said.textContent = room.dataset.sayHere.replace("%m", Math.ceil(coords.accuracy));
      form.dispatchEvent(new Event("input"));
    },
    () => (said.textContent = room.dataset.sayNowhere),
    { enableHighAccuracy: true, timeout: 15000 },
  );
}

async function begin() {
  device = await import(room.dataset.device);
  const writing = (await device.all()).find((record) => record.state === "writing");
  service.closest(".field").after(asked);
  room.hidden = false;
  showQuestions();
  if (writing) fillIn(writing);
  sayConnection();
  await showList();

  let calm;
  const later = () => {
    clearTimeout(calm);
    if (keep.checked) calm = setTimeout(putAway, CALM_MS);
  };
  form.addEventListener("input", () => {
    showDue();
    form.elements.address.setCustomValidity("");
    later();
  });
  service.addEventListener("change", showQuestions);
  keep.addEventListener("change", putAway);
  form.addEventListener("submit", submit);
  addEventListener("online", sendWaiting);
  addEventListener("offline", sayConnection);
  const here = document.getElementById("here");
  if (navigator.geolocation) here.addEventListener("click", whereIAm);
  else here.hidden = true;
}

// Without a place to keep things, or a way to take turns, the page is the plain form that it is.
if ("indexedDB" in window && navigator.locks) begin();
