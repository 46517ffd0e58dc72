// The map beside its list: with a mouse, with keys only, and not at all.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { LAPTOP, openBrowser, visit } from "./browser.mjs";
import { Keyboard } from "./keyboard.mjs";
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

const heading = (page) => page.locator("#map-list-heading");
const count = async (page) => Number((await heading(page).innerText()).match(/\d[\d,]*/)?.[0].replace(",", "") ?? 0);

/// Opens the map and waits until its first list has come.
async function opened(page, path = "/map") {
  await page.goto(path);
  await page.locator("#map canvas").waitFor();
  await page.waitForFunction(() => document.querySelector(".map-count").textContent !== "");
}

/// Does something that moves the map, and waits for the list to follow.
async function moving(page, act) {
  const arrived = page.waitForResponse((answer) => answer.url().includes("part=list"));
  await act();
  await arrived;
  await page.waitForFunction(() => document.querySelector(".map-count").textContent === document.querySelector("#map-list-heading").textContent);
}

for (const language of LANGUAGES) {
  describe(`the map (${language})`, () => {
    const come = (person, walk) => visit(browser, town, { language, viewport: LAPTOP, ...person }, walk);
    const button = (page, key) => page.getByRole("button", { name: say(language, key), exact: true });

    test("A11Y-03: by keys alone the map moves and zooms, and the list follows", () =>
      come({}, async (page) => {
        await opened(page);
        const keyboard = new Keyboard(page);
        const whole = await count(page);
        assert.ok(whole > 0, "the whole town has reports");
        await keyboard.reach(button(page, "map-zoom-in"));
        for (let step = 0; step < 2; step += 1) await moving(page, () => page.keyboard.press("Enter"));
        assert.ok((await count(page)) < whole, "nearer there are fewer");
        const before = new URL(page.url()).searchParams.get("view");
        await keyboard.reach(page.locator("#map canvas"));
        await moving(page, () => page.keyboard.press("ArrowRight"));
        const [west] = new URL(page.url()).searchParams.get("view").split(",").map(Number);
        assert.ok(west > Number(before.split(",")[0]), "an arrow moves the map east");
        await moving(page, () => page.keyboard.press("-"));
      }));

    test("the address leads back to the same view and the same list", () =>
      come({}, async (page) => {
        await opened(page);
        await moving(page, () => button(page, "map-zoom-in").click());
        const [address, here] = [page.url(), await count(page)];
        await opened(page, new URL(address).pathname + new URL(address).search);
        assert.equal(await count(page), here);
        const [west, , east] = new URL(page.url()).searchParams.get("view").split(",").map(Number);
        const [first, , last] = new URL(address).searchParams.get("view").split(",").map(Number);
        assert.ok(Math.abs(west - first) < 1e-3 && Math.abs(east - last) < 1e-3, "the same piece of the town");
      }));

    test("a filter narrows down list and tiles alike", () =>
      come({}, async (page) => {
        await opened(page);
        const all = await count(page);
        const tile = page.waitForRequest((request) => /tiles\/requests\/.*status=open/.test(request.url()));
        await page.locator("#status").selectOption("open");
        await page.getByRole("button", { name: say(language, "button-filter"), exact: true }).click();
        await tile;
        assert.ok((await count(page)) < all);
      }));

    test("A11Y-03: without script the list has the same reports", () =>
      come({ script: false }, async (page) => {
        await page.goto("/map");
        assert.ok(await page.locator("#map").isHidden());
        assert.ok((await count(page)) > 0);
        assert.ok((await page.locator("#map-list .results li").count()) > 0);
      }));

    test("A11Y-03: the place of a report is chosen on the map by keys, and gets its address", () =>
      come({}, async (page) => {
        await page.goto("/report");
        const keyboard = new Keyboard(page);
        await keyboard.reach(button(page, "place-map-open"));
        await page.keyboard.press("Enter");
        await page.locator("#place-map canvas").waitFor();
        await keyboard.reach(page.locator("#place-map canvas"));
        await page.keyboard.press("+");
        await page.keyboard.press("Enter");
        await page.waitForFunction(() => document.querySelector('form [name="latitude"]').value !== "");
        const said = await page.locator("#place-map .map-chosen").innerText();
        const address = await page.locator("#address").inputValue();
        assert.ok(address.length > 3 && said.includes(address), `"${said}" and "${address}"`);
        await page.getByRole("button", { name: say(language, "button-continue"), exact: true }).click();
        await page.getByRole("heading", { name: say(language, "report-service-heading") }).waitFor();
      }));
  });
}
