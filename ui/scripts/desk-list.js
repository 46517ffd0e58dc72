// The work list by keys, and what is chosen in it. Without this, boxes are ticked and sent as in any form.
import { whenKey } from "./desk-keys.js";
import { listen } from "./desk-live.js";

const rows = () => [...document.querySelectorAll("table.work tbody tr")];
const rowOf = (element) => element?.closest("table.work tbody tr");
const boxes = () => [...document.querySelectorAll('table.work input[name="request"]')];

whenKey("j", () => step(1));
whenKey("k", () => step(-1));
whenKey("x", () => rowOf(document.activeElement)?.querySelector('input[name="request"]')?.click());
whenKey("b", () => document.getElementById("action")?.focus());

/// Goes to the row behind or before the one that has the focus; from anywhere else, to the first.
function step(by) {
  const all = rows();
  const now = all.indexOf(rowOf(document.activeElement));
  const next = now < 0 ? 0 : Math.min(Math.max(now + by, 0), all.length - 1);
  all[next]?.querySelector("th a").focus();
}

const panel = document.getElementById("bulk-panel");

/// Says how many are chosen, and offers to choose all.
function count() {
  const chosen = boxes().filter((box) => box.checked).length;
  panel.querySelector(".bulk-count").textContent = `${panel.dataset.sayCount} ${chosen}`;
}

function offerAll() {
  const label = document.createElement("label");
  const box = document.createElement("input");
  box.type = "checkbox";
  box.addEventListener("change", () => {
    for (const one of boxes()) one.checked = box.checked;
    count();
  });
  label.append(box, ` ${panel.dataset.sayAll}`);
  label.className = "bulk-all";
  panel.querySelector("legend").after(label);
}

if (panel) {
  offerAll();
  count();
  panel.form.addEventListener("change", count);
}

/// Who is chosen and where the focus is outlive what is loaded anew.
let picked = [];
let focused;
listen({
  room: document.querySelector("[data-live]"),
  parts: () => {
    picked = boxes().filter((box) => box.checked).map(numberOf);
    focused = rowOf(document.activeElement)?.querySelector("th a").textContent;
    return ["counts", "work"];
  },
  replaced: () => {
    for (const box of boxes()) box.checked = picked.includes(numberOf(box));
    rows().map((row) => row.querySelector("th a")).find((link) => link.textContent === focused)?.focus();
    if (panel) count();
  },
});

/// A request is the same one in whatever version.
function numberOf(box) {
  return box.value.replace(/\.\d+$/, "");
}
