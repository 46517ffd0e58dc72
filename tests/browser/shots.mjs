// Photographs every page on every device in every language, light and dark, into one contact sheet for people to look
// at: `make shots`. With words as arguments, only the pages whose names hold one of them; of `phone`, `laptop`, `wall`,
// `en`, `es`, `light` and `dark` only those that are named. A whole run also renews the pictures of the README.
import { mkdir, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { LAPTOP, PHONE, SHOTS, WALL, openBrowser } from "./browser.mjs";
import { ROOMS, prepared, walkThrough } from "./catalogue.mjs";
import { contactSheet } from "./sheet.mjs";
import { startTown } from "./town.mjs";
import { LANGUAGES } from "./words.mjs";

const DEVICES = { phone: PHONE, laptop: LAPTOP, wall: WALL };
const THEMES = ["light", "dark"];

/// The pages that the README shows, as they look in English on a laptop by day.
const IN_README = ["home", "map", "desk", "desk-request"];
const PICTURES = fileURLToPath(new URL("../../docs/pictures/", import.meta.url));

const said = new Set(process.argv.slice(2));
/// Those of a list that were named, or all when none was.
const named = (list) => {
  const some = list.filter((one) => said.has(one));
  some.forEach((one) => said.delete(one));
  return some.length === 0 ? list : some;
};
const [devices, languages, themes] = [named(Object.keys(DEVICES)), named(LANGUAGES), named(THEMES)];
const wanted = [...said];
const isWanted = ({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word));
const isForReadme = (name, ...how) => wanted.length === 0 && IN_README.includes(name) && how.join() === "laptop,en,light";

const [town, browser] = await Promise.all([startTown(), openBrowser()]);
try {
  const ready = await prepared(browser, town);
  await rm(SHOTS, { recursive: true, force: true });
  await mkdir(SHOTS, { recursive: true });
  for (const language of languages) {
    for (const device of devices) {
      for (const room of ROOMS) {
        const chosen = { ...room, pages: room.pages.filter(isWanted) };
        await walkThrough(browser, town, ready, chosen, { language, viewport: DEVICES[device] }, async (page, name) => {
          for (const theme of themes) {
            await page.emulateMedia({ colorScheme: theme });
            await page.screenshot({ path: `${SHOTS}${name}.${device}.${language}.${theme}.png`, fullPage: true });
            if (isForReadme(name, device, language, theme)) {
              await page.screenshot({ path: `${PICTURES}${name}.jpg`, type: "jpeg", quality: 70 });
            }
          }
        });
      }
    }
  }
  console.log(await contactSheet(browser, SHOTS));
} finally {
  await browser.close();
  await town.stop();
}
