// The preview beside a form, kept up with what is typed. Without this, the form's preview buttons do the same.
const PAUSE_MS = 600;
const form = document.querySelector("form[data-live]");
let timer;
let running;

form?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(redraw, PAUSE_MS);
});

/// Sends the form as its preview button would, and takes the preview out of the answer.
async function redraw() {
  running?.abort();
  running = new AbortController();
  const preview = document.getElementById("preview");
  const fields = new URLSearchParams(new FormData(form));
  fields.set("preview", preview.dataset.language);
  try {
    const answer = await fetch(form.action, { method: "POST", body: fields, signal: running.signal });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const drawn = page.getElementById("preview");
    if (drawn) preview.replaceChildren(...drawn.childNodes);
  } catch {
    // A newer preview, or a connection that is gone: what is shown stays, and the buttons still work.
  }
}
