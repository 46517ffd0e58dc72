// Makes `dist`: every file a page loads, small, and named by its content so that browsers may keep it for ever.
//
// Beside each text there is a copy packed with gzip. The crate `web` embeds whatever stands in `dist`.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as sass from "sass";
import { ICONS } from "./icons.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const USWDS = here("node_modules/@uswds/uswds");
const FONTS = here("node_modules/@fontsource/public-sans/files");
/// Kinds of file that gzip makes smaller; fonts are packed already.
const TEXTS = new Set([".css", ".js", ".svg"]);

const names = new Map();

/// Writes one file as `stem-hash.ending`, and remembers what it is called now.
function emit(file, content) {
  const bytes = Buffer.from(content);
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
  const ending = extname(file);
  const name = `${file.slice(0, -ending.length)}-${hash}${ending}`;
  writeFileSync(here(`dist/${name}`), bytes);
  if (TEXTS.has(ending)) writeFileSync(here(`dist/${name}.gz`), gzipSync(bytes, { level: 9 }));
  names.set(file, name);
}

function fonts() {
  for (const weight of [400, 700]) {
    for (const letters of ["latin", "latin-ext"]) {
      const file = `public-sans-${letters}-${weight}-normal.woff2`;
      emit(file, readFileSync(`${FONTS}/${file}`));
    }
  }
}

/// One file with all icons; a page shows one of them by its name.
function icons() {
  const symbols = ICONS.map((name) => {
    const svg = readFileSync(`${USWDS}/dist/img/usa-icons/${name}.svg`, "utf8");
    const [, box, paths] = svg.match(/<svg[^>]*viewBox="([^"]+)"[^>]*>(.*)<\/svg>/s);
    return `<symbol id="${name}" viewBox="${box}">${paths.trim()}</symbol>`;
  });
  emit("icons.svg", `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`);
}

/// The stylesheet; `asset("name")` in it gives the name of a file that was written before.
function styles() {
  const functions = {
    "asset($file)": ([file]) => {
      const name = names.get(file.assertString().text);
      if (!name) throw new Error(`${file} is not one of our files`);
      return new sass.SassString(`url("${name}")`, { quotes: false });
    },
  };
  const { css } = sass.compile(here("styles/townline.scss"), {
    functions,
    loadPaths: [`${USWDS}/packages`],
    style: "compressed",
    quietDeps: true,
  });
  emit("townline.css", css);
}

function scripts() {
  const maplibre = (file) => readFileSync(here(`node_modules/maplibre-gl/dist/${file}`), "utf8");
  for (const stem of ["maplibre-gl", "maplibre-gl-worker"]) {
    // What a debugger would look for is not served.
    emit(`${stem}.js`, maplibre(`${stem}.mjs`).replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n"));
  }
  for (const file of readdirSync(here("scripts"))) script(file);
}

/// One of our modules, after those it imports: their names in it are the ones they are served under.
function script(file) {
  if (names.has(file)) return names.get(file);
  const text = readFileSync(here(`scripts/${file}`), "utf8");
  emit(file, text.replace(/(from|import) "\.\/([\w-]+\.js)"/g, (_, word, other) => `${word} "./${script(other)}"`));
  return names.get(file);
}

rmSync(here("dist"), { recursive: true, force: true });
mkdirSync(here("dist"));
emit("icon.svg", readFileSync(here("images/icon.svg")));
fonts();
icons();
styles();
scripts();
// What `make` compares with the age of the sources.
writeFileSync(here("dist/.built"), "");
