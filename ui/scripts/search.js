// Services that fit what is typed, shown while it is typed. Without this, the button of the search does the same.
const PAUSE_MS = 300;
const box = document.querySelector("input[data-answers-as-typed]");
let timer;
let running;

box?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(search, PAUSE_MS);
});

/// Loads the page of the search and takes its two parts over: what was found, and how much in words.
async function search() {
  running?.abort();
  running = new AbortController();
  const address = new URL(box.form.action);
  address.searchParams.set(box.name, box.value);
  try {
    const answer = await fetch(address, { signal: running.signal });
    if (answer.ok) show(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    // A newer search, or a connection that is gone: what is shown stays, and the button still works.
  }
}

function show(page) {
  for (const id of ["answers", "found"]) {
    document.getElementById(id).replaceChildren(...page.getElementById(id).childNodes);
  }
}
