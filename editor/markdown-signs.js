// What a button writes into Markdown: { text, start, end, from, to } replaces value[start…end] by text, and selects from…to; or { note }.

const TABLE = "| Cột một | Cột hai |\n| --- | --- |\n| | |";
const MARKER = /^\s*(?:(?:[-*+]|\d+\.|>|#+)\s+)*/; // what a line begins with

// What parts a block from what stands before it.
export const gapAfter = (before) => (!before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n");
export const gapBefore = (after) => (!after.trim() || after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n");

// Whether a text's ends have the sign. Bold and italic are both stars: three are both.
function hasSign(left, right, [before, after]) {
  if (!before.startsWith("*")) return left.endsWith(before) && right.startsWith(after);
  const stars = Math.min(/\**$/.exec(left)[0].length, /^\**/.exec(right)[0].length);
  return before === "*" ? stars % 2 === 1 : stars > 1;
}

const isSigned = (text, sign) => !/^\**$/.test(text) && hasSign(/^\**/.exec(text)[0], /\**$/.exec(text)[0], sign);
const without = (text, [before, after]) => text.slice(before.length, -after.length);

// Put a sign round what is selected, or the word at the cursor; take it away if it is there. `words` stand in if there is no word.
export function round(value, start, end, { round: sign, words }) {
  if (start === end) {
    start -= /[\p{L}\p{M}\p{N}]*$/u.exec(value.slice(0, start))[0].length;
    end += /^[\p{L}\p{M}\p{N}]*/u.exec(value.slice(end))[0].length;
  }
  const [, blank, chosen] = /^(\s*)([^]*?)\s*$/.exec(value.slice(start, end));
  start += blank.length;
  end = start + chosen.length;
  const [before, after] = sign, select = (text, from, to) => ({ text, start, end, from, to });
  if (chosen.includes("\n")) return severalLines(chosen, start, end, sign);
  if (isSigned(chosen, sign)) return select(without(chosen, sign), start, end - before.length - after.length);
  if (chosen && hasSign(value.slice(0, start), value.slice(end), sign)) {
    const text = chosen === words ? "" : chosen, from = start - before.length;
    return { text, start: from, end: end + after.length, from, to: from + text.length };
  }
  const from = start + before.length, text = before + (chosen || words) + after;
  return select(text, from, from + (chosen || words).length);
}

// A sign holds within a paragraph: each gets its own, after what it begins with.
function severalLines(chosen, start, end, sign) {
  const lines = chosen.split("\n").map((line) => [MARKER.exec(line)[0], line.replace(MARKER, "")]);
  const had = lines.every(([, words]) => !words || isSigned(words, sign));
  const text = lines.map(([marker, words]) => marker + (!words ? "" : had ? without(words, sign) : sign[0] + words + sign[1])).join("\n");
  return { text, start, end, from: start, to: start + text.length };
}

// A link asks for what is not there yet: its address, or its words.
export function link(value, start, end, { words }) {
  const chosen = value.slice(start, end).trim(), isAddress = /^https?:\/\/\S+$/.test(chosen);
  if (chosen.includes("\n")) return { note: "Liên kết nằm trong một đoạn: chọn chữ trong một đoạn thôi." };
  const shown = isAddress || !chosen ? words : chosen, address = isAddress ? chosen : "https://", text = `[${shown}](${address})`;
  const at = start + (shown === words ? 1 : shown.length + 3), length = shown === words ? words.length : address.length;
  return { text, start, end, from: at, to: at + length };
}

// Begin each line of the selection, or the line of the cursor, with a sign; take it away if all have it. Blank lines part it from others.
export function lines(value, start, end, { sign, instead, same, words }) {
  const from = start ? value.lastIndexOf("\n", start - 1) + 1 : 0, next = value.indexOf("\n", end), to = next < 0 ? value.length : next;
  const old = value.slice(from, to).split("\n").map((line) => [/^\s*/.exec(line)[0], line.trimStart()]);
  if (old.some(([, text]) => text.startsWith("|"))) return { note: "Trong bảng không dùng được dấu này." };
  const above = value.slice(0, from).split("\n").at(-2) ?? "", below = value.slice(to + 1).split("\n")[0];
  const empty = old.every(([, text]) => !text), had = !empty && old.every(([, text]) => !text || text.startsWith(sign));
  const joins = (line) => !line.trim() || (!had && same.test(line)) || (had && !same.test(line));
  const gap = joins(above) ? "" : had ? "\n" : gapAfter(value.slice(0, from)), rest = joins(below) ? "" : "\n";
  const signed = ([indent, text]) => indent + (text && (had ? "" : sign) + text.replace(instead, ""));
  const text = empty ? sign + words : old.map(signed).join("\n"), first = from + gap.length;
  const edit = { text: gap + text + rest, start: from, end: to };
  if (empty) return { ...edit, from: first + sign.length, to: first + text.length };
  if (start < end) return { ...edit, from: first, to: first + text.length };
  const cursor = Math.max(first, start + gap.length + text.length - (to - from));
  return { ...edit, from: cursor, to: cursor };
}

// A table stands after the paragraph, list or table of the cursor.
export function table(value, _, end) {
  const next = value.indexOf("\n\n", end), at = next < 0 ? value.trimEnd().length : next;
  const text = gapAfter(value.slice(0, at)) + TABLE + (next < 0 ? "\n" : ""), from = at + text.indexOf("Cột một");
  return { text, start: at, end: next < 0 ? value.length : at, from, to: from + "Cột một".length };
}
