// The desk by keys alone: through the list, many at once and back, and two people at one request.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { LAPTOP, PHONE, openBrowser, visit } from "./browser.mjs";
import { Keyboard } from "./keyboard.mjs";
import { Resident, Staff, cookiesOf } from "./people.mjs";
import { startTown } from "./town.mjs";

let town;
let browser;
const cookies = {};

before(async () => {
  [town, browser] = await Promise.all([startTown(), openBrowser()]);
  for (const role of ["dispatcher", "supervisor"]) cookies[role] = await cookiesOf(browser, town, role);
});

after(async () => {
  await browser?.close();
  await town?.stop();
});

/// A pothole that a resident reported just now: its number.
async function reported() {
  const sent = await visit(browser, town, { viewport: PHONE, script: false }, async (page) => {
    const resident = new Resident(page, "en");
    await resident.fillIn({ description: "A hole as deep as a bucket." });
    return resident.send();
  });
  return sent.number;
}

function asStaff(role, walk, person = {}) {
  return visit(browser, town, { viewport: LAPTOP, cookies: cookies[role], ...person }, (page) => walk(new Staff(page, "en"), page, new Keyboard(page)));
}

const row = (page, number) => page.locator("table.work tbody tr").filter({ hasText: number });

test("A11Y-02: a call becomes a saved request by keys alone, and the promise is read out", () =>
  asStaff("dispatcher", async (staff, page, keys) => {
    await page.goto("/desk");
    await page.keyboard.press("n");
    await page.locator("#service-words:focus").waitFor();
    await page.keyboard.type("asphalt");
    await page.locator('.offers [role=option][aria-selected="true"]', { hasText: "Pothole" }).waitFor();
    await page.keyboard.press("Enter");
    await page.locator('#questions input:not([type="hidden"])').first().waitFor();
    await keys.press("Tab");
    await page.keyboard.type("library");
    await page.locator(".offers [role=option]").first().waitFor();
    await page.keyboard.press("Enter");
    const place = await page.locator("#address").inputValue();
    assert.match(place, /Library$/);
    await keys.choose(page.locator('#questions input[type="radio"]').first());
    await keys.type(staff.field(staff.say("desk-new-description")), "A hole as deep as a bucket.");
    await keys.type(staff.field(staff.say("desk-new-name")), "Mr. O'Neil");
    const arrived = page.waitForEvent("domcontentloaded");
    await page.keyboard.press("Control+Enter");
    await arrived;
    const number = (await page.locator(".number").innerText()).replace(/ /g, "");
    await page.locator("a:focus", { hasText: staff.say("read-out-next") }).waitFor();
    await page.goto(`/desk/requests/${number}`);
    await page.getByText(place).first().waitFor();
  }));

describe("the work list by keys", () => {
  test("A11Y-02: j and k go through it, x chooses, and what is chosen is paused and taken back", async () => {
    const numbers = [await reported(), await reported()];
    await asStaff("dispatcher", async (staff, page, keys) => {
      for (const number of numbers) {
        await staff.open(number);
        await staff.act("accept", undefined, "accepted");
      }
      await page.goto("/desk?state=accepted");
      for (const number of numbers) {
        await page.locator("body").press("j");
        while (!(await row(page, number).locator("a:focus").count())) await keys.press("j");
        await keys.press("x");
        assert.ok(await row(page, number).getByRole("checkbox").isChecked());
        await keys.press("k");
        await page.evaluate(() => document.activeElement.blur());
      }
      await page.locator("body").press("b");
      await keys.pick(staff.field(staff.say("bulk-action")), staff.say("action-pause"));
      await keys.type(page.locator("#pause-reason"), "Waiting for asphalt");
      await keys.follow(staff.button("bulk-button"));
      await page.getByText(staff.say("bulk-done", { count: 2 })).waitFor();
      await keys.follow(staff.button("bulk-undo-button"));
      await page.getByText(staff.say("bulk-undone", { count: 2 })).waitFor();
      await page.goto(`/desk/requests/${numbers[0]}`);
      await staff.stands("accepted");
      await page.getByText("Waiting for asphalt").waitFor();
    });
  });

  test("many at once works without script", async () => {
    const number = await reported();
    await asStaff(
      "dispatcher",
      async (staff, page) => {
        await page.goto(`/desk?q=${number}`);
        await row(page, number).getByRole("checkbox").check();
        await staff.field(staff.say("bulk-action")).selectOption({ label: staff.say("action-close") });
        await page.getByLabel(staff.say("outcome-no-action-needed"), { exact: true }).check();
        await page.locator("#close-note").fill("The neighbours filled the hole themselves.");
        await staff.button("bulk-button").click();
        await page.getByText(staff.say("bulk-done", { count: 1 })).waitFor();
        await staff.button("bulk-undo-button").click();
        await page.getByText(staff.say("bulk-undone", { count: 1 })).waitFor();
      },
      { script: false },
    );
  });

  test("a view is kept under a name, found by Ctrl+K, and letters can be switched off", () =>
    asStaff("supervisor", async (staff, page, keys) => {
      await page.goto("/desk?state=waiting");
      await keys.unfold(page.locator("summary", { hasText: staff.say("view-save-heading") }));
      await keys.type(staff.field(staff.say("view-name")), "What waits");
      await keys.follow(staff.button("view-save-button"));
      await page.locator(".tabs [aria-current]", { hasText: "What waits" }).waitFor();
      await page.goto("/desk/views");
      const link = page.getByRole("link", { name: "What waits", exact: true });
      await keys.reach(link);
      await page.keyboard.press("Control+k");
      await page.locator("#command-words:focus").waitFor();
      await page.keyboard.type("view what");
      await page.locator("#command-box .commands a", { hasText: "What waits" }).waitFor();
      await page.keyboard.press("Escape");
      assert.ok(await link.evaluate((element) => element === document.activeElement), "the focus comes back");
      await page.keyboard.press("?");
      await page.locator("#key-sheet .keys").getByText(staff.say("key-bulk")).waitFor();
      await keys.reach(page.locator("#letters-off"));
      await page.keyboard.press("Space");
      await page.keyboard.press("Escape");
      await page.keyboard.press("n");
      await page.keyboard.press("?");
      assert.equal(await page.locator("dialog[open]").count(), 0);
      assert.equal(new URL(page.url()).pathname, "/desk/views");
      await page.keyboard.press("Control+k");
      await page.locator("#command-words:focus").waitFor();
      await page.keyboard.type("view what");
      await page.locator("#command-box .commands li:only-child", { hasText: "What waits" }).waitFor();
      await page.keyboard.press("Enter");
      await page.waitForURL("**/desk?state=waiting");
    }));

  test("A11Y-02: an item of the list is worked to its end, and the next one is a key away", async () => {
    const numbers = [await reported(), await reported()];
    await asStaff("dispatcher", async (staff, page, keys) => {
      await page.goto("/desk?state=assigned&service=POTHOLE");
      await keys.follow(page.getByRole("link", { name: numbers[0], exact: true }));
      await page.keyboard.press("Control+k");
      await page.locator("#command-words:focus").waitFor();
      await page.keyboard.type(staff.say("action-close"));
      await page.locator("#command-box .commands button").first().waitFor();
      await page.keyboard.press("Enter");
      await keys.choose(page.getByLabel(staff.say("outcome-no-action-needed"), { exact: true }));
      await keys.type(page.locator("#close-note"), "The neighbours filled the hole themselves.");
      const arrived = page.waitForEvent("domcontentloaded");
      await page.keyboard.press("Control+Enter");
      await arrived;
      await staff.stands("closed");
      const beside = page.locator('.through a[rel="next"], .through a[rel="prev"]').first();
      const key = await beside.getAttribute("data-key");
      const place = await beside.getAttribute("href");
      await page.locator("body").press(key);
      await page.waitForURL((url) => url.pathname + url.search === place);
    });
  });
});

test("two people at one request: nothing is overwritten and nothing typed is lost", async () => {
  const number = await reported();
  await asStaff("supervisor", async (ben, bensPage) => {
    await bensPage.goto(`/desk/requests/${number}`);
    const form = await ben.unfold("public-note");
    await form.locator("textarea").fill("A crew comes on Tuesday morning.");
    await asStaff("dispatcher", async (ana) => {
      await ana.open(number);
      await ana.act("accept", undefined, "accepted");
    });
    await ben.button("action-public-note-button", form).click();
    await bensPage.getByRole("alert").getByText(ben.say("happening-accepted")).waitFor();
    assert.equal(await bensPage.locator("#public-note-note").inputValue(), "A crew comes on Tuesday morning.");
    await ben.button("action-public-note-button").click();
    await bensPage.locator(".timeline").getByText("A crew comes on Tuesday morning.").waitFor();
    await ben.stands("accepted");
  });
});

test("what one does appears in the other's browser, and each sees that the other is there", async () => {
  const number = await reported();
  await asStaff("supervisor", async (ben, bensPage) => {
    await bensPage.goto(`/desk/requests/${number}`);
    await asStaff("dispatcher", async (ana, anasPage) => {
      await ana.open(number);
      await bensPage.locator("#presence").getByText(ben.say("live-here")).waitFor();
      const form = await ana.unfold("internal-note");
      await form.locator("textarea").pressSequentially("The caller rang twice.");
      await bensPage.locator("#presence").getByText(ben.say("live-writing")).waitFor();
      await ana.button("action-internal-note-button", form).click();
      await anasPage.locator(".timeline").getByText("The caller rang twice.").waitFor();
      await bensPage.locator(".timeline").getByText("The caller rang twice.").waitFor();
      await bensPage.locator("#live-news").getByText(ben.say("live-changed")).waitFor();
    });
    await bensPage.locator("#presence:empty").waitFor({ state: "attached" });
  });
});

test("a work list follows the work, and what is chosen in it stays chosen", async () => {
  const [kept, gone] = [await reported(), await reported()];
  await asStaff("supervisor", async (ben, bensPage) => {
    await bensPage.goto("/desk?state=assigned&service=POTHOLE");
    await row(bensPage, kept).getByRole("checkbox").check();
    await row(bensPage, gone).waitFor();
    await asStaff("dispatcher", async (ana) => {
      await ana.open(gone);
      await ana.act("accept", undefined, "accepted");
    });
    await row(bensPage, gone).waitFor({ state: "detached" });
    assert.ok(await row(bensPage, kept).getByRole("checkbox").isChecked());
  });
});

test("a page that is still open says so when its person has signed out elsewhere", async () => {
  const number = await reported();
  const own = await cookiesOf(browser, town, "dispatcher");
  const first = (walk) => visit(browser, town, { viewport: LAPTOP, cookies: own }, walk);
  await first(async (page) => {
    const ana = new Staff(page, "en");
    await page.goto(`/desk/requests/${number}`);
    await first(async (other) => {
      await other.goto("/desk");
      await new Staff(other, "en").button("nav-sign-out").click();
      await other.waitForURL("**/sign-in");
    });
    await page.locator("#live-news").getByText(ana.say("live-over")).waitFor();
  });
});
