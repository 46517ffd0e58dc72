// Pages that hear when what they show has changed. Without this they are as true as when they were loaded.
//
// The server tells a mark, never content. A page with another mark loads itself again in the background and takes
// over the parts that differ, so whatever was missed while the connection was gone is made up for at once. Pages in
// the background let go of their connection.

/// Keeps the page as new as the town's records: `parts` are the ids of what may be replaced, `told` is called with
/// each message, `replaced` after the parts were taken over.
export function listen({ room, parts, told = () => {}, replaced = () => {} }) {
  let source;
  let doing = "";

  const open = () => {
    source?.close();
    const address = new URL(room.dataset.live, location.href);
    if (doing) address.searchParams.set("doing", doing);
    source = new EventSource(address);
    source.addEventListener("state", (message) => hear(JSON.parse(message.data)));
    source.addEventListener("over", leave);
  };

  const hear = async (state) => {
    told(state);
    if (state.mark === room.dataset.mark) return;
    const page = await fresh();
    const now = page?.querySelector("[data-live]");
    if (!now || now.dataset.mark === room.dataset.mark) return;
    room.dataset.mark = now.dataset.mark;
    for (const id of parts()) takeOver(document.getElementById(id), page.getElementById(id));
    replaced();
  };

  /// The session has ended, or what was looked at is no longer ours to see.
  const leave = () => {
    source.close();
    document.removeEventListener("visibilitychange", follow);
    say(room.dataset.sayOver);
  };

  const follow = () => (document.hidden ? source?.close() : open());
  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", () => source?.close());
  if (!document.hidden) open();

  return {
    writing() {
      if (doing) return;
      doing = "writing";
      if (!document.hidden) open();
    },
  };
}

/// Says something beside the page, to ears as well as eyes.
export function say(words) {
  document.getElementById("live-news").textContent = words;
}

async function fresh() {
  const answer = await fetch(location.href).catch(() => undefined);
  return answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : undefined;
}

function takeOver(old, next) {
  if (old && next) old.replaceChildren(...next.childNodes);
}
