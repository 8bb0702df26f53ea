// A content file and what the form shows of it. Every value is text, as the site's own reader takes it
// (chuyendoiso/content/front_matter.py); the file as it was is carried along, so that what an editor did not touch stays as it is,
// letter by letter.

import { isMap, parseDocument } from "./yaml/index.js";

export const FILE = "_file"; // the text as it was read
const HEADER = /^---[ \t]*\n(?<fields>[^]*?\n)?---[ \t]*(?:\n|$)/;
// Groups of fields for which a value may be written alone, and the field that it is of (a test compares with the schema).
export const BARE = { amends: "number", replaces: "number", repeals: "number", becomes: "number", answered_by: "body" };

// The form fills a field that a file lacks with its default. So each field with a default gets the value that the site reads.
const ABSENT = { date: "", status: "published" };

export function read(text) {
  const file = text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  const { values, body } = parse(file);
  return { ...ABSENT, ...shown(values), body, [FILE]: file };
}

export function write(data, order = []) {
  const { [FILE]: file = "", body = "", ...given } = data;
  const before = parse(file), now = pruned(given) ?? {};
  const was = pruned({ ...ABSENT, ...shown(before.values) }) ?? {};
  const changed = [...new Set([...Object.keys(was), ...Object.keys(now)])].filter((name) => !equal(was[name], now[name]));
  if (!file) return `---\n${written(sorted(now, order)).join("\n")}\n---\n${ended(body)}`;
  const header = spliced(before, now, changed);
  return `---\n${header}---\n${body.trim() === before.body.trim() ? before.body : /^\s*/.exec(before.body)[0] + ended(body)}`;
}

const ended = (body) => `${body.trim().normalize("NFC")}\n`;

// ── reading ──

function parse(file) {
  const found = HEADER.exec(file);
  const header = found?.groups.fields ?? "";
  const document = parseDocument(header, { schema: "failsafe", keepSourceTokens: true });
  const fields = isMap(document.contents) ? document.contents.items : [];
  const values = isMap(document.contents) ? document.toJS() : {};
  return { header, values, body: found ? file.slice(found[0].length) : file, starts: fields.map((field) => [String(field.key), field.key.range[0]]) };
}

// What the form shows of values: a switch is one, and a value alone becomes a group.
function shown(values) {
  const found = structuredClone(values);
  for (const [name, field] of Object.entries(BARE)) {
    const grouped = (one) => (typeof one === "string" && one ? { [field]: one } : one);
    if (name in found) found[name] = Array.isArray(found[name]) ? found[name].map(grouped) : grouped(found[name]);
  }
  if (found.zalo?.exclude) found.zalo.exclude = found.zalo.exclude === "true";
  return found;
}

// Values without what is empty, and without Sveltia's own: an empty field is left out of a file.
function pruned(value) {
  if (Array.isArray(value)) return value.map(pruned).filter((one) => one !== undefined);
  if (value && typeof value === "object") {
    const kept = Object.entries(value).filter(([name]) => !name.startsWith("__sc_")).map(([name, one]) => [name, pruned(one)]).filter(([, one]) => !empty(one));
    return kept.length ? Object.fromEntries(kept) : undefined;
  }
  if (value === undefined || value === null || value === false) return undefined;
  return String(value).split(/\s+/).filter(Boolean).join(" ").normalize("NFC") || undefined;
}

const empty = (value) => value === undefined || (Array.isArray(value) && !value.length);

// Groups are equal whatever the order of their fields.
function equal(one, other) {
  const plain = (value) => JSON.stringify(value, (_, part) => (part && typeof part === "object" && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort()) : part));
  return plain(one) === plain(other);
}

// ── writing ──

// Return the header with the fields that changed written anew in their places, new ones after the others.
function spliced({ header, starts }, now, changed) {
  let text = "", at = 0;
  for (const [index, [name, start]] of starts.entries()) {
    const next = starts[index + 1]?.[1] ?? header.length;
    const end = start + header.slice(start, next).replace(/(?:\n[ \t]*(?:#.*)?)+$/, "\n").length; // a comment belongs to what follows it
    if (!changed.includes(name)) continue;
    text += header.slice(at, start);
    if (now[name] !== undefined) text += `${written({ [name]: now[name] }).join("\n")}\n`;
    at = end;
  }
  text += header.slice(at);
  const known = starts.map(([name]) => name);
  const added = Object.fromEntries(changed.filter((name) => !known.includes(name)).map((name) => [name, now[name]]));
  return text + written(added).map((line) => `${line}\n`).join("");
}

function sorted(values, order) {
  const rank = (name) => (order.includes(name) ? order.indexOf(name) : order.length);
  return Object.fromEntries(Object.entries(values).sort(([one], [other]) => rank(one) - rank(other)));
}

// The lines of some fields, in the form of chuyendoiso/authoring/yaml_writer.py (a test compares).
function written(fields, indent = "") {
  return Object.entries(fields).flatMap(([name, value]) => {
    if (Array.isArray(value)) return writtenList(name, value, indent);
    if (typeof value === "object") return [`${indent}${name}:`, ...written(value, `${indent}  `)];
    return [`${indent}${name}: ${scalar(value)}`];
  });
}

function writtenList(name, values, indent) {
  if (values.every((one) => typeof one === "string")) return [`${indent}${name}: [${values.map(scalar).join(", ")}]`];
  const items = values.flatMap((one) => {
    const lines = written(one, `${indent}    `);
    return [`${indent}  - ${lines[0].trimStart()}`, ...lines.slice(1)];
  });
  return [`${indent}${name}:`, ...items];
}

const PLAIN = /^[\p{L}\p{N}_/](?:[\p{L}\p{M}\p{N}_./+–-]|:(?=[\p{L}\p{N}_])|[ ](?=[\p{L}\p{N}_–]))*$/u;

function scalar(value) {
  const line = String(value).split(/\s+/).filter(Boolean).join(" ");
  if (PLAIN.test(line)) return line;
  return /["\\]/.test(line) ? `'${line.replaceAll("'", "''")}'` : `"${line}"`;
}
