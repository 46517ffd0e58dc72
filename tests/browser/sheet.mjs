// One contact sheet of all photographs: a page a row, a device, language and theme a column.
import { readdir, writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

/// Pixels that the picture of each device is wide on the sheet, and how much of a long page is shown.
const WIDTHS = { phone: 120, laptop: 260, wall: 300 };
const HEIGHT = 260;

/// Chromium cuts off what is longer than this, so the sheet comes in parts.
const ROWS_ON_A_PART = 40;

/// Writes `sheet.html` beside the photographs, where each opens in full, and the parts of the sheet as pictures.
export async function contactSheet(browser, folder) {
  const rows = byPage(await photographs(folder));
  await writeFile(`${folder}sheet.html`, sheet(rows));
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  const tab = await context.newPage();
  for (let from = 0; from < rows.length; from += ROWS_ON_A_PART) {
    const part = rows.slice(from, from + ROWS_ON_A_PART);
    const file = `${folder}sheet-${from / ROWS_ON_A_PART + 1}.html`;
    await writeFile(file, sheet(part));
    await tab.goto(pathToFileURL(file).href);
    const width = await tab.evaluate(() => document.documentElement.scrollWidth);
    await tab.setViewportSize({ width, height: 900 });
    await tab.screenshot({ path: file.replace(/html$/, "jpg"), type: "jpeg", quality: 70, fullPage: true });
  }
  await context.close();
  return `${folder}sheet.html`;
}

/// What was photographed, read from the names of the files: page, device, language, theme.
async function photographs(folder) {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".png") && !file.startsWith("failed-"));
  return files.sort().map((file) => {
    const [page, device, language, theme] = file.split(".");
    return { file, page, device, language, theme };
  });
}

/// Pairs of a page's name and its photographs.
function byPage(all) {
  const rows = new Map();
  for (const photograph of all) rows.set(photograph.page, [...(rows.get(photograph.page) ?? []), photograph]);
  return [...rows];
}

function sheet(rows) {
  const body = rows.map(([page, pictures]) => `<h2>${page}</h2><div class="row">${pictures.map(cell).join("")}</div>`);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Contact sheet</title><style>${STYLE}</style><h1>Contact sheet</h1>${body.join("\n")}</html>`;
}

function cell({ file, device, language, theme }) {
  const size = `style="width:${WIDTHS[device]}px;height:${HEIGHT}px"`;
  return `<figure><a href="${file}"><img src="${file}" alt="" ${size}></a><figcaption>${device} ${language} ${theme}</figcaption></figure>`;
}

const STYLE = `
body { font: 13px sans-serif; margin: 16px; background: #777; color: #fff; }
h2 { font-size: 15px; margin: 12px 0 4px; }
.row { display: flex; gap: 6px; }
figure { margin: 0; }
img { object-fit: cover; object-position: top; display: block; background: #fff; }
figcaption { font-size: 11px; }`;
