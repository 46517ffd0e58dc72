// A passkey in a real browser, with an authenticator that DevTools plays (AUTH-04).
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { LAPTOP, PHONE, openBrowser, visit } from "./browser.mjs";
import { Staff } from "./people.mjs";
import { startTown } from "./town.mjs";

let town;
let browser;

before(async () => {
  const started = await startTown();
  // Passkeys belong to a host name; a bare address has none.
  town = { ...started, address: started.address.replace("127.0.0.1", "localhost") };
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await town?.stop();
});

/// Gives the page's browser an authenticator; answers it with its session of DevTools.
async function withAuthenticator(page, context, isUserVerified = true) {
  const devtools = await context.newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const options = {
    protocol: "ctap2",
    transport: "internal",
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified,
    automaticPresenceSimulation: true,
  };
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", { options });
  return { devtools, authenticatorId };
}

async function makePasskey(ana) {
  await ana.page.goto("/account/second-factor");
  await ana.button("passkey-offer-button").click();
  await ana.field(ana.say("passkey-name")).fill("Laptop");
  await ana.button("passkey-make-button").click();
  await ana.heading("recovery-codes-title").waitFor();
}

async function askedForPasskey(ana, { email, password }) {
  await ana.page.goto("/sign-in");
  await ana.field(ana.say("sign-in-email")).fill(email);
  await ana.field(ana.say("sign-in-password")).fill(password);
  await ana.button("sign-in-button").click();
  await ana.button("sign-in-passkey-button").waitFor();
}

for (const [language, viewport, role] of [["en", LAPTOP, "agent"], ["es", PHONE, "supervisor"]]) {
  test(`a passkey is made and signs in, in ${language}`, async () => {
    await visit(browser, town, { language, viewport }, async (page, context) => {
      const ana = new Staff(page, language);
      await ana.signIn(town.staff[role]);
      const { devtools, authenticatorId } = await withAuthenticator(page, context);
      await makePasskey(ana);
      await ana.button("nav-sign-out").click();
      await askedForPasskey(ana, town.staff[role]);
      await ana.button("sign-in-passkey-button").click();
      await ana.button("nav-sign-out").waitFor();
      assert.ok(new URL(page.url()).pathname.startsWith("/desk"));
      const { credentials } = await devtools.send("WebAuthn.getCredentials", { authenticatorId });
      assert.equal(credentials.length, 1);
      assert.equal(credentials[0].rpId, "localhost");
    });
  });
}

test("somebody whose authenticator does not answer is told, and keeps the other ways", async () => {
  await visit(browser, town, { language: "en" }, async (page, context) => {
    const ana = new Staff(page, "en");
    await ana.signIn(town.staff.dispatcher);
    const { devtools, authenticatorId } = await withAuthenticator(page, context);
    await makePasskey(ana);
    await ana.button("nav-sign-out").click();
    await devtools.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId });
    await withAuthenticator(page, context, false);
    await askedForPasskey(ana, town.staff.dispatcher);
    await ana.button("sign-in-passkey-button").click();
    const failed = page.getByRole("alert").filter({ hasText: ana.say("passkey-failed") });
    await failed.waitFor();
    assert.ok(await failed.evaluate((element) => element === document.activeElement), "it has the focus");
    assert.ok(await ana.field(ana.say("sign-in-code")).isVisible());
  });
});
