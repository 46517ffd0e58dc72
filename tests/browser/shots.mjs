// Photographs every page on every device in every language, for people to look at: `npm run shots`.
// With words as arguments, only the pages whose names hold one of them.
import { mkdir, rm } from "node:fs/promises";
import { LAPTOP, PHONE, SHOTS, WALL, openBrowser } from "./browser.mjs";
import { ROOMS, prepared, walkThrough } from "./catalogue.mjs";
import { startTown } from "./town.mjs";
import { LANGUAGES } from "./words.mjs";

const wanted = process.argv.slice(2);
const isWanted = ({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word));

const [town, browser] = await Promise.all([startTown(), openBrowser()]);
try {
  const ready = await prepared(browser, town);
  await rm(SHOTS, { recursive: true, force: true });
  await mkdir(SHOTS, { recursive: true });
  for (const language of LANGUAGES) {
    for (const [device, viewport] of Object.entries({ phone: PHONE, laptop: LAPTOP, wall: WALL })) {
      for (const room of ROOMS) {
        const chosen = { ...room, pages: room.pages.filter(isWanted) };
        await walkThrough(browser, town, ready, chosen, { language, viewport }, (page, name) =>
          page.screenshot({ path: `${SHOTS}${name}.${device}.${language}.png`, fullPage: true }),
        );
      }
    }
  }
  console.log(SHOTS);
} finally {
  await browser.close();
  await town.stop();
}
