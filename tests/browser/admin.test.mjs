// The settings with the keyboard alone: the service editor, a calendar, the town's look.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { LAPTOP, openBrowser, visit } from "./browser.mjs";
import { Keyboard } from "./keyboard.mjs";
import { Staff, cookiesOf } from "./people.mjs";
import { startTown } from "./town.mjs";
import { LANGUAGES } from "./words.mjs";

let town;
let browser;
let cookies;

before(async () => {
  [town, browser] = await Promise.all([startTown(), openBrowser()]);
  cookies = await cookiesOf(browser, town, "administrator");
});

after(async () => {
  await browser?.close();
  await town?.stop();
});

const asAdministrator = (language, walk, more = {}) =>
  visit(browser, town, { language, viewport: LAPTOP, cookies, ...more }, (page) => walk(new Staff(page, language), page, new Keyboard(page)));

/// What the languages call themselves, in the labels of fields.
const OWN = { en: "English", es: "Español" };

describe("with the keyboard alone", { concurrency: 1 }, () => {
  for (const language of LANGUAGES) {
    test(`A11Y-02: a question is written, seen in the preview while it is typed, kept and taken back (${language})`, () =>
      asAdministrator(language, async (person, page, keys) => {
        const words = { en: "Is water in it?", es: "¿Tiene agua?" }[language];
        await page.goto("/admin/services/POTHOLE");
        await keys.follow(person.link("question-add"));
        await keys.type(page.locator(`#text-${language}`), words);
        await keys.pick(page.locator("#datatype"), person.say("datatype-singlevaluelist"));
        await keys.type(page.locator("#values"), "Yes | Sí\nNo | No");
        const preview = page.locator("#preview");
        await preview.getByText(words).waitFor();
        await preview.getByText({ en: "Yes", es: "Sí" }[language], { exact: true }).waitFor();
        await keys.follow(person.button("button-save"));
        await page.getByRole("link", { name: words, exact: true }).waitFor();
        const remove = page.getByRole("button", { name: `${person.say("question-remove")}: ${words}`, exact: true });
        await keys.follow(remove);
        assert.equal(await page.getByRole("link", { name: words, exact: true }).count(), 0);
      }));

    test(`A11Y-02: a calendar is added and its hours are changed (${language})`, () =>
      asAdministrator(language, async (person, page, keys) => {
        const code = `crews-${language}`;
        await page.goto("/admin/calendars");
        await keys.follow(person.link("calendar-add"));
        await keys.type(page.locator("#code"), code);
        await keys.reach(page.locator("#hours-saturday"));
        await page.keyboard.type("07:00-11:00");
        await page.locator("#preview").getByText(/7:00/).first().waitFor();
        await keys.follow(person.button("button-save"));
        await keys.follow(page.getByRole("link", { name: code, exact: true }));
        assert.equal(await page.locator("#hours-saturday").inputValue(), "07:00-11:00");
      }));
  }

  test("A11Y-02: a color that cannot be read is corrected in sight, kept, and let go again", () =>
    asAdministrator("en", async (person, page, keys) => {
      await page.goto("/admin/brand");
      await keys.type(page.locator("#colour"), "#ffcc00");
      const preview = page.locator("#preview");
      await preview.getByText("1.5").first().waitFor();
      assert.equal(await preview.locator("svg").count(), 2);
      await keys.follow(person.button("button-save"));
      const bar = () => page.locator(".site-header").evaluate((header) => getComputedStyle(header).backgroundColor);
      assert.equal(await bar(), "rgb(255, 204, 0)");
      // Now every stop on the bar shows its focus against the new color.
      await keys.reach(page.getByRole("link", { name: person.say("nav-admin"), exact: true }).first());
      await keys.reach(page.locator("#colour"));
      await page.keyboard.press("Control+A");
      await page.keyboard.press("Delete");
      await keys.follow(person.button("button-save"));
      assert.notEqual(await bar(), "rgb(255, 204, 0)");
    }));

  test("without script the preview comes by its button, and nothing that was typed is lost", () =>
    asAdministrator(
      "es",
      async (person, page) => {
        await page.goto("/admin/services/POTHOLE/add-question");
        await page.locator("#text-es").fill("¿Tiene agua?");
        await page.getByRole("button", { name: person.say("preview-button", { language: OWN.en }), exact: true }).click();
        await page.locator('#preview[data-language="en"]').getByText("¿Tiene agua?").waitFor();
        assert.equal(await page.locator("#text-es").inputValue(), "¿Tiene agua?");
      },
      { script: false },
    ));
});
