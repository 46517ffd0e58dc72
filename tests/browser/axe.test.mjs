// Every page can be used by everybody: axe finds nothing, nothing is cut off, every page has its order.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { LAPTOP, PHONE, openBrowser, visit } from "./browser.mjs";
import { ROOMS, prepared, walkThrough } from "./catalogue.mjs";
import { Person } from "./people.mjs";
import { startTown } from "./town.mjs";
import { LANGUAGES } from "./words.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/// The narrowest page that must not scroll sideways: 1280 pixels at 400 % zoom.
const NARROW = 320;

/// The pages people open first and most, none of which is a map.
const LIGHT_PAGES = ({ draft, sent, answered }) => ["/", "/find", "/report", `${draft}/service`, sent.receipt, answered.link, "/requests", "/desk", "/style"];

let town;
let browser;
let ready;

before(async () => {
  [town, browser] = await Promise.all([startTown(), openBrowser()]);
  ready = await prepared(browser, town);
});

after(async () => {
  await browser?.close();
  await town?.stop();
});

for (const language of LANGUAGES) {
  for (const [device, viewport] of Object.entries({ phone: PHONE, laptop: LAPTOP })) {
    describe(`every page on a ${device} (${language})`, { concurrency: ROOMS.length }, () => {
      for (const room of ROOMS) {
        test(`A11Y-01 A11Y-14: ${room.role ?? "a resident"} meets no barrier`, async () => {
          const barriers = [];
          const titles = new Map();
          await walkThrough(browser, town, ready, room, { language, viewport }, async (page, name) => {
            const found = [...(await axe(page, EVERYTHING)), ...(await page.evaluate(disorder, language)), ...(await seen(page, device))];
            barriers.push(...found.map((what) => `${name}: ${what}`));
            titles.set(name, await page.title());
          });
          assert.deepEqual(barriers, []);
          assert.deepEqual(shared(titles), [], "pages that cannot be told apart by their titles");
        });
      }
    });
  }
}

test("a page without map weighs less than 100 kB with everything it loads", async () => {
  const heavy = [];
  await visit(browser, town, { viewport: PHONE, cookies: ready.cookies.dispatcher }, async (page) => {
    const arrived = [];
    page.on("requestfinished", (request) => arrived.push(request.sizes().then((sizes) => sizes.responseBodySize + sizes.responseHeadersSize)));
    // Each page as if it were the first one: a browser whose calls are watched keeps nothing.
    await page.route("**/*", (route) => route.continue());
    // A page that goes on listening is never done loading.
    await page.route("**/live*", (route) => route.abort("aborted"));
    for (const path of LIGHT_PAGES(ready)) {
      arrived.length = 0;
      await page.goto(path, { waitUntil: "networkidle" });
      const bytes = (await Promise.all(arrived)).reduce((sum, size) => sum + size, 0);
      if (arrived.length < 3 || bytes > 100_000) heavy.push(`${path}: ${arrived.length} files, ${bytes} bytes`);
    }
  });
  assert.deepEqual(heavy, []);
});

test("the theme that was chosen goes before the device's, without script, and is kept", async () => {
  await visit(browser, town, { viewport: PHONE, script: false }, async (page) => {
    const person = new Person(page, "en");
    const ground = () => page.locator("body").evaluate((body) => getComputedStyle(body).backgroundColor);
    await page.goto("/");
    const light = await ground();
    await page.emulateMedia({ colorScheme: "dark" });
    const dark = await ground();
    assert.notEqual(dark, light);
    await page.getByRole("link", { name: person.say("theme-light"), exact: true }).click();
    assert.equal(await ground(), light);
    await page.goto("/requests");
    assert.equal(await ground(), light);
    await page.emulateMedia({ colorScheme: "light" });
    await page.getByRole("link", { name: person.say("theme-dark"), exact: true }).click();
    assert.equal(await ground(), dark);
  });
});

test("no page asked for words that do not exist", async () => {
  const answer = await fetch(`${town.address}/metrics`);
  const counted = (await answer.text()).match(/^townline_words_missing_total (\d+)/m)?.[1] ?? "0";
  assert.equal(answer.status, 200);
  assert.equal(counted, "0");
});

const EVERYTHING = { runOnly: { type: "tag", values: LEVELS }, rules: { "target-size": { enabled: true } } };
const CONTRAST = { runOnly: { type: "rule", values: ["color-contrast"] } };

/// What axe finds on the page, one line for each element.
async function axe(page, rules) {
  // The policy of the pages forbids scripts from elsewhere, so axe comes in beside the page, not into it.
  await page.evaluate(AXE);
  const options = { ...rules, resultTypes: ["violations", "incomplete"] };
  const { violations, incomplete } = await page.evaluate((given) => window.axe.run(document, given), options);
  const open = incomplete.map((rule) => ({ ...rule, nodes: rule.nodes.filter((node) => !isReviewed(node)) }));
  return [...violations, ...open].flatMap(({ id, nodes }) =>
    nodes.map(({ target, any, all, none }) => `${id} at ${target}: ${[...any, ...all, ...none].map((check) => check.message)}`),
  );
}

/// What axe could not decide and we have looked at: of text that wraps it sometimes finds the ground of the whole
/// page in front of it, which has no other colour than the text's own ground.
function isReviewed({ any }) {
  return any.some(({ data, relatedNodes }) => data?.messageKey === "elmPartiallyObscured" && relatedNodes.every(({ html }) => html.startsWith("<body")));
}

/// What is lost on a narrow screen, with wide letters (phone), or in the dark (laptop).
async function seen(page, device) {
  if (device === "laptop") {
    await page.emulateMedia({ colorScheme: "dark" });
    const dark = await axe(page, CONTRAST);
    await page.emulateMedia({ colorScheme: "light" });
    return dark.map((what) => `in the dark: ${what}`);
  }
  const found = [];
  for (const roomy of [false, true]) {
    await page.setViewportSize({ width: NARROW, height: PHONE.height });
    found.push(...(await page.evaluate(wider, roomy)).map((what) => `at ${NARROW} pixels${roomy ? " with wide letters" : ""}: ${what}`));
  }
  await page.setViewportSize(PHONE);
  return found;
}

/// Runs in the page: what reaches beyond its right edge, perhaps with the text spacing that readers may set (A11Y-13).
function wider(roomy) {
  const style = document.documentElement.style;
  const spacing = { "letter-spacing": "0.12em", "word-spacing": "0.16em", "line-height": "1.5" };
  for (const [name, value] of Object.entries(spacing)) roomy ? style.setProperty(name, value) : style.removeProperty(name);
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const guilty = [...document.querySelectorAll("body *")].filter((element) => element.getBoundingClientRect().right > room + 1);
  return guilty.slice(-3).map((element) => `${element.localName}.${element.className} ends at ${element.getBoundingClientRect().right}`);
}

/// Runs in the page: what is out of order in its headings, landmarks, tables and language.
function disorder(language) {
  const found = [];
  const expect = (holds, what) => holds || found.push(what);
  const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
    .filter((heading) => heading.closest("main"))
    .map((heading) => Number(heading.localName[1]));
  expect(levels.filter((level) => level === 1).length === 1, `it has ${levels.filter((level) => level === 1).length} main headings`);
  levels.forEach((level, index) => expect(index === 0 || level <= levels[index - 1] + 1, `a heading jumps to level ${level}`));
  for (const landmark of ["header", "main", "footer"]) {
    expect(document.querySelectorAll(`body > ${landmark}`).length === 1, `it has not one ${landmark}`);
  }
  const skip = document.querySelector("body a");
  expect(skip?.getAttribute("href") === "#main" && document.getElementById("main"), "its first link does not skip to the main part");
  expect(document.documentElement.lang === language, `its language is ${document.documentElement.lang}`);
  for (const table of document.querySelectorAll("table")) {
    expect(table.caption?.textContent.trim(), "a table has no caption");
    expect([...table.querySelectorAll("th")].every((cell) => cell.scope), "a header cell has no scope");
  }
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  expect(new Set(ids).size === ids.length, `an id is there twice: ${ids.filter((id, index) => ids.indexOf(id) !== index)}`);
  return found;
}

/// Titles that several pages have, although the pages are about different things.
function shared(titles) {
  const same = new Map();
  for (const [name, title] of titles) same.set(title, [...(same.get(title) ?? []), name]);
  return [...same.values()].filter((names) => names.length > 1 && !names.every((name) => sameSubject(name, names[0])));
}

/// One subject in several states: with and without results, a request as others and as the reporter see it.
function sameSubject(name, other) {
  const subject = (full) => full.replace(/-(error|nothing|nothing-found|unfolded|late|waiting|closed|open)$/, "").replace("track", "request");
  return subject(name) === subject(other);
}
