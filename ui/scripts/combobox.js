// A field that offers what fits while somebody types: arrows go through the offers, Enter takes one, Escape none.
//
// The pattern is the combobox of the ARIA authoring practices with a list that is announced by its own role.
const PAUSE_MS = 120;
let made = 0;

/// Turns a line of text into such a field. `find` gives the offers for some words as elements, `take` is told which
/// was taken, `typed` that what was taken no longer holds.
export function combobox(input, { find, take, typed = () => {}, label }) {
  const list = document.createElement("ul");
  list.id = `offers-${++made}`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", label);
  list.className = "offers";
  list.hidden = true;
  input.after(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-controls": list.id, "aria-expanded": "false", "aria-autocomplete": "list", autocomplete: "off" })) {
    input.setAttribute(name, value);
  }

  let timer;
  let turn = 0;
  let active = -1;

  const show = (offers) => {
    list.replaceChildren(...offers);
    [...list.children].forEach((offer, nth) => {
      offer.id = `${list.id}-${nth}`;
      offer.setAttribute("role", "option");
      offer.setAttribute("aria-selected", "false");
      // The field keeps the focus while a mouse presses an offer.
      offer.addEventListener("mousedown", (event) => event.preventDefault());
      offer.addEventListener("click", () => choose(offer));
    });
    list.hidden = offers.length === 0;
    input.setAttribute("aria-expanded", String(offers.length > 0));
    mark(offers.length > 0 ? 0 : -1);
  };

  const mark = (nth) => {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = nth;
    const offer = list.children[active];
    offer?.setAttribute("aria-selected", "true");
    offer?.scrollIntoView({ block: "nearest" });
    if (offer) input.setAttribute("aria-activedescendant", offer.id);
    else input.removeAttribute("aria-activedescendant");
  };

  const close = () => {
    clearTimeout(timer);
    turn += 1;
    show([]);
  };

  const choose = (offer) => {
    close();
    take(offer);
  };

  const offer = async () => {
    const mine = ++turn;
    const offers = input.value.trim() ? await find(input.value).catch(() => []) : [];
    if (mine === turn && document.activeElement === input) show(offers);
  };

  input.addEventListener("input", () => {
    typed();
    clearTimeout(timer);
    timer = setTimeout(offer, PAUSE_MS);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const last = list.children.length - 1;
    if (event.key === "ArrowDown" && list.hidden) offer();
    else if (list.hidden) return;
    else if (event.key === "ArrowDown") mark(Math.min(active + 1, last));
    else if (event.key === "ArrowUp") mark(Math.max(active - 1, 0));
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && !event.ctrlKey) choose(list.children[active]);
    else return;
    event.preventDefault();
  });
}
