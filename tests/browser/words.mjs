// What people read, from the same files the pages are made of, so that one walk serves every language.
import { readFileSync } from "node:fs";

export const LANGUAGES = ["en", "es"];

const files = new Map(LANGUAGES.map((language) => [language, messages(language)]));

/// The words for a key, with values filled in. Counts choose their form as on the pages.
export function say(language, key, values = {}) {
  const pattern = files.get(language)?.get(key);
  if (pattern === undefined) throw new Error(`there are no words for ${key} in ${language}`);
  return filled(pattern, language, values);
}

/// Reads the part of the Fluent syntax that our files use: messages, values, and forms chosen by a count.
function messages(language) {
  const text = readFileSync(new URL(`../../locales/${language}/townline.ftl`, import.meta.url), "utf8");
  const found = new Map();
  let key;
  for (const line of text.split("\n")) {
    const start = line.match(/^([a-z][a-z0-9-]*) = ?(.*)$/);
    if (start) {
      key = start[1];
      found.set(key, start[2]);
    } else if (key && /^[ }]/.test(line)) {
      found.set(key, `${found.get(key)}\n${line}`);
    } else {
      key = undefined;
    }
  }
  return found;
}

function filled(pattern, language, values) {
  const chosen = pattern.replace(/\{ \$(\w+) ->((?:[^{}]|\{[^{}]*\})*)\}/g, (_, name, forms) => form(forms, language, values[name]));
  return chosen.replace(/\{ \$(\w+) \}/g, (_, name) => String(values[name])).trim();
}

function form(forms, language, count) {
  const known = new Map([...forms.matchAll(/\*?\[(\w+)\] ?(.*)/g)].map(([, name, words]) => [name, words]));
  const rule = new Intl.PluralRules(language).select(count);
  return known.get(String(count)) ?? known.get(rule) ?? known.get("other");
}
