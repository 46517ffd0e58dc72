// The browser, and people in it whose every step is watched.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

/// Pictures of what went wrong, and those that `shots.mjs` takes. Git ignores the folder.
export const SHOTS = fileURLToPath(new URL("../../shots/", import.meta.url));

/// Widths of the devices we look at; 360 is the narrowest phone in common use.
export const PHONE = { width: 360, height: 780 };
export const LAPTOP = { width: 1280, height: 800 };
export const WALL = { width: 1920, height: 1080 };

const PLACES = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const ANSWERS_WITHIN_MS = 15_000;
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function openBrowser() {
  const program = PLACES.find((place) => place && existsSync(place));
  assert.ok(program, "Chromium is not installed; scripts/install-test-tools says how");
  // Playwright adds --headless itself.
  return chromium.launch({ executablePath: program, headless: true, args: FLAGS });
}

/// Lets somebody come to the town with a browser of their own, and watches it: an error in the console,
/// something the content policy forbids, a failing answer or a call to another server (PRIV-11) fails the test.
export async function visit(browser, town, person, walk) {
  const { language = "en", viewport = LAPTOP, script = true, cookies, losesConnection = false } = person;
  const context = await browser.newContext({
    baseURL: town.address,
    locale: language === "en" ? "en-US" : "es-US",
    timezoneId: "America/Chicago",
    viewport,
    javaScriptEnabled: script,
    storageState: cookies,
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(ANSWERS_WITHIN_MS);
  const faults = watched(context, town.address, losesConnection);
  const page = await context.newPage();
  try {
    const outcome = await walk(page, context);
    assert.deepEqual(faults, [], "the browser complained");
    return outcome;
  } catch (error) {
    await photographed(page, error, faults);
    throw error;
  } finally {
    await context.close();
  }
}

function watched(context, address, losesConnection) {
  const faults = [];
  const origin = new URL(address).origin;
  const isOurs = (url) => new URL(url).origin === origin;
  context.on("console", (message) => {
    const isExpected = isAboutAnAnswer(message) || (losesConnection && message.text().includes(OFFLINE));
    if (message.type() === "error" && !isExpected) faults.push(`console: ${message.text()}`);
  });
  context.on("weberror", (error) => faults.push(`script: ${error.error()}`));
  context.on("request", (request) => {
    if (!isOurs(request.url())) faults.push(`another server was called: ${request.url()}`);
  });
  context.on("response", (response) => {
    const isMissing = response.status() >= 400 && !response.request().isNavigationRequest();
    if (response.status() >= 500 || isMissing) faults.push(`${response.status()} ${response.url()}`);
  });
  context.on("requestfailed", (request) => {
    const why = request.failure()?.errorText;
    // A picture is given up when somebody goes on before it has come.
    if (why !== "net::ERR_ABORTED" && !(losesConnection && why === OFFLINE)) faults.push(`${why} ${request.url()}`);
  });
  return faults;
}

/// What Chromium calls the lack of a connection.
const OFFLINE = "net::ERR_INTERNET_DISCONNECTED";

/// Chromium also reports a refused form as an error of the console; answers are judged by their status instead.
function isAboutAnAnswer(message) {
  return message.text().startsWith("Failed to load resource: the server responded with a status of 4");
}

/// What the person saw last, for whoever has to find out why.
async function photographed(page, error, faults) {
  const path = `${SHOTS}failed-${process.pid}-${photographed.count++}.png`;
  await page.screenshot({ path, fullPage: true }).catch(() => {});
  error.stack += `\n  at ${page.url()}\n  picture: ${path}\n  complaints: ${JSON.stringify(faults)}`;
}
photographed.count = 0;
