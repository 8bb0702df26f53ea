// Which text each form was made from. A save names it, and the server refuses to replace any other.
//
// Sveltia keeps what `fromFile` returned for as long as a form is open, over several saves: so the text that the file has after a save is
// noted here, by the text that it was read as.

import { FILE, read, write } from "./front-matter.js";

const saved = new Map(); // text as it was read → text as it is since the last save
const bases = new Map(); // text to be saved → { read, base }

const ended = (text) => `${text.trim()}\n`;

export function fromFile(text) {
  saved.delete(text);
  return read(text);
}

const baseFor = (known) => (known === undefined ? undefined : saved.get(known) ?? known);

// Return the text of a form as it would be saved.
export const textOf = (data) => ended(write({ ...data, [FILE]: baseFor(data[FILE]) ?? "" }));

export function toFile(data) {
  const text = textOf(data), known = data[FILE];
  bases.set(text, { read: known, base: baseFor(known) });
  return text;
}

// Return the text that `text` was made from; undefined if it is of a new file.
export const baseOf = (text) => bases.get(text)?.base;

export function noteSaved(text) {
  const known = bases.get(text)?.read;
  bases.delete(text);
  if (known !== undefined) saved.set(known, text.trim());
}
