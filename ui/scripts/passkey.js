// Asks the browser to make a passkey or to sign with one, and sends what it says with the form it belongs to.
const form = document.querySelector("form[data-passkey]");
const failed = form?.querySelector("[data-failed]");

const bytes = (text) => {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
};
const text = (buffer) => {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
};
const keys = (known) => known.map((id) => ({ type: "public-key", id: bytes(id) }));

/// ES256 is the one algorithm every authenticator has, and the one we check.
const ES256 = -7;

async function create({ challenge, host, town, person, email, name, known }) {
  const made = await navigator.credentials.create({
    publicKey: {
      challenge: bytes(challenge),
      rp: { id: host, name: town },
      user: { id: bytes(person), name: email, displayName: name },
      pubKeyCredParams: [{ type: "public-key", alg: ES256 }],
      excludeCredentials: keys(known),
      authenticatorSelection: { residentKey: "discouraged", userVerification: "preferred" },
      attestation: "none",
    },
  });
  return { "client-data": made.response.clientDataJSON, attestation: made.response.attestationObject };
}

async function get({ challenge, host, known }) {
  const signed = await navigator.credentials.get({
    publicKey: {
      challenge: bytes(challenge),
      rpId: host,
      allowCredentials: keys(known),
      userVerification: "preferred",
    },
  });
  return {
    credential: signed.rawId,
    "client-data": signed.response.clientDataJSON,
    "authenticator-data": signed.response.authenticatorData,
    signature: signed.response.signature,
  };
}

function fill(fields) {
  for (const [name, value] of Object.entries(fields)) {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name, value: text(value) });
    form.append(input);
  }
}

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  failed.hidden = true;
  try {
    const ceremony = form.dataset.passkey === "create" ? create : get;
    fill(await ceremony(JSON.parse(form.dataset.options)));
    // Unlike a press on the button, this does not ask the authenticator again.
    form.submit();
  } catch {
    // Given up, timed out, not known here, or no such thing in this browser: the person may try again or go another way.
    failed.hidden = false;
    failed.focus();
  }
});
