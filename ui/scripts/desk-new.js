// A call, taken down by keys alone: the service and the address answer while one types, the questions of the service
// and open requests like this one appear by themselves. Without this, the same form is filled in and asks again.
import { combobox } from "./combobox.js";

const form = document.getElementById("intake");
const field = (name) => form.elements.namedItem(name);

async function part(name, values = {}) {
  const address = new URL(form.action);
  address.search = new URLSearchParams({ part: name, ...values });
  const answer = await fetch(address);
  return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : undefined;
}

/// The list of services becomes a search that knows what people call them; the list keeps what was chosen.
function searchServices() {
  const list = field("service");
  const input = document.createElement("input");
  input.type = "text";
  input.id = "service-words";
  input.value = list.value ? list.selectedOptions[0].label : "";
  const describedBy = list.getAttribute("aria-describedby");
  if (describedBy) input.setAttribute("aria-describedby", describedBy);
  form.querySelector('label[for="service"]').htmlFor = input.id;
  list.hidden = true;
  list.before(input);
  combobox(input, {
    label: form.dataset.sayFound,
    find: async (words) => [...((await part("services", { q: words }))?.querySelectorAll("li") ?? [])],
    take: (offer) => {
      list.value = offer.dataset.code;
      input.value = list.selectedOptions[0].label;
      ask();
      compare();
    },
  });
  // Somebody who came here to mend a mistake is led to the field that can be seen.
  for (const link of document.querySelectorAll('.summary a[href="#service"]')) link.href = `#${input.id}`;
  if (!document.querySelector(".summary")) input.focus();
}

/// Addresses, corners and landmarks of the town.
function searchPlaces() {
  const input = field("address");
  combobox(input, {
    label: form.dataset.sayFound,
    find: async (words) => {
      const address = new URL(form.dataset.places, location.href);
      address.searchParams.set("q", words);
      const answer = await fetch(address);
      return answer.ok ? (await answer.json()).places.map(placeOffer) : [];
    },
    take: ({ dataset }) => {
      input.value = dataset.label;
      locate(dataset.latitude, dataset.longitude);
      compare();
    },
    typed: () => locate("", ""),
  });
  input.addEventListener("change", compare);
}

function placeOffer({ label, district, zip, latitude, longitude }) {
  const offer = document.createElement("li");
  Object.assign(offer.dataset, { label, latitude, longitude });
  offer.append(label);
  const whereabouts = [district, zip].filter(Boolean).join(", ");
  if (whereabouts) {
    const small = document.createElement("small");
    small.textContent = ` ${whereabouts}`;
    offer.append(small);
  }
  return offer;
}

function locate(latitude, longitude) {
  field("latitude").value = latitude;
  field("longitude").value = longitude;
}

let asked = 0;

/// The questions of the service, as far as the answers so far bring them up.
async function ask() {
  const turn = ++asked;
  const filled = new FormData(form);
  filled.set("part", "questions");
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(filled) }).catch(() => undefined);
  if (!answer?.ok || turn !== asked) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const place = document.getElementById("questions");
  const focused = place.contains(document.activeElement) ? document.activeElement.id : undefined;
  place.replaceChildren(...page.body.childNodes);
  if (focused) document.getElementById(focused)?.focus();
}

/// Open requests like this one, for the agent to compare while the caller goes on.
async function compare() {
  const [service, address] = [field("service").value, field("address").value];
  if (!service || !address) return document.getElementById("known").replaceChildren();
  const page = await part("known", { service, address, latitude: field("latitude").value, longitude: field("longitude").value }).catch(() => undefined);
  if (page) document.getElementById("known").replaceChildren(...page.body.childNodes);
}

searchServices();
searchPlaces();
document.getElementById("questions").addEventListener("change", ask);
