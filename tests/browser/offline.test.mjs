// Somebody where there is no connection: the report page opens, keeps what is written, and sends it once.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { PHONE, openBrowser, visit } from "./browser.mjs";
import { Resident } from "./people.mjs";
import { picture } from "./picture.mjs";
import { startTown } from "./town.mjs";
import { LANGUAGES, say } from "./words.mjs";

let town;
let browser;

before(async () => {
  [town, browser] = await Promise.all([startTown(), openBrowser()]);
});

after(async () => {
  await browser?.close();
  await town?.stop();
});

/// A phone that has shown our first page once, and then loses its connection.
const inTheWoods = (language, walk) =>
  visit(browser, town, { language, viewport: PHONE, losesConnection: true }, async (page, context) => {
    await page.goto(`/?lang=${language}`);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.waitForFunction(async () => (await caches.keys()).length === 2);
    await context.setOffline(true);
    await walk(new Resident(page, language), page, context);
  });

async function write(resident, page, words, story = "A hole as deep as a boot.") {
  await resident.field(resident.say("report-place-words")).fill(words);
  await page.locator("#service").selectOption({ label: resident.pothole.service });
  await resident.choice(resident.pothole.size, resident.pothole.large).check();
  await resident.choice(resident.pothole.affects, resident.pothole.bike).check();
  await resident.field(resident.pothole.depth).fill("4");
  await resident.field(resident.say("report-details-description")).fill(story);
  await resident.field(resident.say("report-photos-label")).setInputFiles({ name: "hole.png", mimeType: "image/png", buffer: picture() });
  await resident.choice(resident.say("report-contact-wanted"), resident.say("report-contact-no")).check();
}

/// Runs in the page: the names of the fields that the device keeps.
function lastKept() {
  return new Promise((resolve) => {
    const opening = indexedDB.open("townline-reports");
    opening.onsuccess = () => {
      const reading = opening.result.transaction("reports").objectStore("reports").getAll();
      reading.onsuccess = () => {
        opening.result.close();
        resolve((reading.result[0]?.fields ?? []).map(([name]) => name));
      };
    };
  });
}

/// How many reports with these words there are, as anybody can count them.
async function published(words) {
  const answer = await fetch(`${town.address}/requests.geojson?q=${encodeURIComponent(words)}`);
  return (await answer.json()).features.length;
}

for (const language of LANGUAGES) {
  describe(`without a connection (${language})`, () => {
    const story = `A hole as deep as a boot, seen by a reader of ${language}.`;
    const words = { en: "At the third bench of the lake trail", es: "En la tercera banca del sendero del lago" }[language];

    test("a report written offline is sent by itself once there is a connection, and makes exactly one request", () =>
      inTheWoods(language, async (resident, page, context) => {
        await page.goto("/report");
        await resident.heading("offline-title").waitFor();
        await page.getByText(resident.say("offline-offline")).waitFor();
        await page.getByLabel(resident.say("offline-keep")).check();
        await write(resident, page, words, story);
        await resident.button("button-send-report").click();
        await page.locator(".device-list").getByText(resident.say("offline-waiting")).waitFor();
        assert.equal(await published(story), 0);

        await context.setOffline(false);
        // Whoever is still at the form is led on to the receipt, perhaps before the list has said that it was sent.
        const listed = page.locator(".device-list").getByText(resident.say("offline-sent", {}).split("%n")[0]);
        await listed.or(resident.heading("receipt-title")).first().waitFor();
        assert.equal(await published(story), 1);
        // Nothing waits any more, here or on another page, and nothing is sent a second time.
        await page.goto("/");
        const notice = page.locator("#device-report");
        await notice.getByText(resident.say("offline-sent").split("%n")[0]).waitFor();
        assert.equal(await published(story), 1);
        await notice.getByRole("link", { name: resident.say("offline-open") }).click();
        await resident.heading("receipt-title").waitFor();
      }));

    test("what was written survives a reload where it is to be kept, and is gone when the tick is taken away", () =>
      inTheWoods(language, async (resident, page) => {
        await page.goto("/report/offline");
        await page.getByLabel(resident.say("offline-keep")).check();
        await write(resident, page, words);
        await page.getByText(resident.say("offline-kept")).waitFor();
        // The last letters are put away after a short calm.
        while (!(await page.evaluate(lastKept)).includes("wanted")) await page.evaluate(() => new Promise(requestAnimationFrame));
        await page.reload();
        await page.waitForFunction((text) => document.querySelector("#words").value === text, words);
        assert.equal(await resident.field(resident.pothole.depth).inputValue(), "4");
        assert.equal(await page.locator("#photos").evaluate((input) => input.files.length), 1);
        await page.getByLabel(resident.say("offline-keep")).uncheck();
        await page.getByText(resident.say("offline-not-kept")).waitFor();
        await page.reload();
        assert.equal(await resident.field(resident.say("report-place-words")).inputValue(), "");
      }));
  });
}

describe("what the device holds", () => {
  test("PRIV-12: the shelf of the worker has the one public page and its files, and nothing that was typed or shown", () =>
    visit(browser, town, { viewport: PHONE }, async (page) => {
      const resident = new Resident(page, "en");
      await page.goto("/");
      await page.evaluate(() => navigator.serviceWorker.ready);
      await resident.fillIn({ description: "Nobody else should read this." });
      const { link } = await resident.send();
      await page.goto(link);
      const kept = await page.evaluate(async () => {
        const found = [];
        for (const name of await caches.keys()) {
          const shelf = await caches.open(name);
          for (const request of await shelf.keys()) found.push(new URL(request.url).pathname + new URL(request.url).search, await (await shelf.match(request)).clone().text());
        }
        return found;
      });
      const addresses = kept.filter((_, index) => index % 2 === 0);
      assert.ok(addresses.every((one) => /^\/(assets\/|report\/offline\?lang=(en|es)$|language$)/.test(one)), addresses.join("\n"));
      assert.ok(!kept.some((text) => text.includes("Nobody else should read this.") || text.includes(link)));
    }));

  test("nothing is kept on the device without the tick, and the page says why it is not sent", () =>
    inTheWoods("en", async (resident, page) => {
      await page.goto("/report/offline");
      await write(resident, page, "Under the old bridge");
      await resident.button("button-send-report").click();
      await page.locator("#keep:focus").waitFor();
      assert.equal(await page.locator(".device-state").innerText(), say("en", "offline-offline"));
      await page.reload();
      assert.equal(await resident.field(resident.say("report-place-words")).inputValue(), "");
    }));
});
