// The half of the search that finds: a worker beside the page (search.js), which stays free for who types and reads. It looks into the index
// that the build made (chuyendoiso/outputs/search/index.py tells its form), and loads only the parts that hold the words.

const FIRST = 6, MORE = 12; // so many are shown at first (a browser loads six files at a time), and whenever more are asked for
const ENOUGH = 8, FULL = 120, BITMAP = 0x7f;

// ── words ──

const SYLLABLE = /[\p{L}\p{N}]+/gu;
const TONES = /[\u0300\u0309\u0303\u0301\u0323]/g;
const syllables = (text) => text.normalize("NFC").toLowerCase().replaceAll("ð", "đ").match(SYLLABLE) ?? [];
const FINAL_Y = /\b([hklmstv]|qu)y\b/g; // "kỹ" and "kĩ" are one word
const strip = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").replace(FINAL_Y, "$1i");

const kept = (made) => {
  const known = new Map(); // of the words met so far
  return (word) => (known.has(word) ? known : known.set(word, made(word))).get(word);
};

const plain = kept(strip);
const exact = kept((syllable) => {
  const decomposed = syllable.normalize("NFD");
  const found = decomposed.replace(TONES, "").normalize("NFC").replace(FINAL_Y, "$1i") + (decomposed.match(TONES) ?? []).join("");
  return found === plain(syllable) ? "" : found;
});

// Return a text's words as they are written, and beside them in lower case and without marks: of the whole text at once, which is faster.
function wordsOf(text) {
  const written = text.match(SYLLABLE) ?? [], bare = strip(text.toLowerCase()).match(SYLLABLE) ?? [];
  return { text, written, bare: bare.length === written.length ? bare : written.map((word) => plain(word.toLowerCase())) };
}

// Return a text in lower case with its marks, each tone behind its syllable, so that "hoà" and "hòa" are one.
const TONE_WITHIN = new RegExp(`(${TONES.source})([\\p{L}\\p{M}]+)`, "gu");
const accented = (text) => text.toLowerCase().normalize("NFD").replace(TONE_WITHIN, "$2$1");

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1;
  return byte;
});

const utf8 = new TextEncoder();

function crc32(text) {
  let value = ~0;
  for (const byte of utf8.encode(text)) value = (value >>> 8) ^ TABLE[(value ^ byte) & 0xff];
  return ~value >>> 0;
}

// ── the index ──

let base, loading, guide, shards;

async function fetched(path, options) {
  const answer = await fetch(base + path, options);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer;
}

function loadGuide(options) {
  loading = fetched("chi-muc.json", options).then((answer) => answer.json()).then((told) => ([guide, shards] = [told, new Map()]));
  loading.catch(() => (loading = undefined));
  return loading;
}

// A part of another build than the guide: whoever asked asks again, from the beginning.
class Outdated extends Error {}

function shard(number) {
  if (!shards.has(number)) {
    const loaded = fetched(`chi-muc/${number}.bin`).then((answer) => answer.arrayBuffer()).then((buffer) => {
      if (new DataView(buffer).getUint32(0, true) !== guide.check) throw new Outdated();
      return new Uint8Array(buffer);
    });
    loaded.catch(() => shards.delete(number));
    shards.set(number, loaded);
  }
  return shards.get(number);
}

const shardOf = (term) => crc32(term) & (guide.shards - 1);

// Return the numbers of the items that hold each of some terms, which lie where the first does; an item's is its leaf's times 120 and its own.
async function holders(...terms) {
  const bytes = await shard(shardOf(terms[0]));
  return look(bytes, terms.map((term) => crc32(term) >>> 16));
}

let cursor; // where a shard is read

function leb128(bytes) {
  let value = 0, shift = 0;
  for (; bytes[cursor] > 0x7f; shift += 7) value |= (bytes[cursor++] & 0x7f) << shift;
  return value | (bytes[cursor++] << shift);
}

function look(bytes, keys) {
  const found = keys.map(() => []);
  cursor = 4;
  for (let first = 0; cursor < bytes.length; first += FULL) {
    const end = leb128(bytes) + cursor;
    if (end > cursor) {
      const count = leb128(bytes);
      for (let index = 0; index < keys.length; index++) take(bytes, cursor, count, keys[index], first, found[index]);
    }
    cursor = end;
  }
  return found;
}

// Add to `found` the items of one leaf that hold a term: `first` and their numbers there.
function take(bytes, start, count, key, first, found) {
  let low = 0, high = count;
  while (low < high) {
    const middle = (low + high) >> 1, at = start + 2 * middle;
    if (((bytes[at] << 8) | bytes[at + 1]) < key) low = middle + 1;
    else high = middle;
  }
  let at = start + 2 * low;
  if (low === count || ((bytes[at] << 8) | bytes[at + 1]) !== key) return;
  for (at = start + 2 * count; low; low--) {
    if (bytes[at] === BITMAP) at += 1 + FULL / 8;
    else while (bytes[at++] < 0x80);
  }
  if (bytes[at] !== BITMAP) do found.push(first + (bytes[at] & 0x7f)); while (bytes[at++] < 0x80);
  else for (let item = 0; item < FULL; item++) if (bytes[at + 1 + (item >> 3)] & (1 << (item & 7))) found.push(first + item);
}

// ── what is asked for ──

// Return the ways in which a query may be meant: as it stands, and with abbreviations written out or words abbreviated.
function readings(words) {
  const found = [words], told = new Map(Object.entries(guide.abbreviations));
  const asked = words.map(plain);
  const out = asked.flatMap((word) => told.get(word)?.split(" ") ?? [word]);
  if (out.length > asked.length) found.push(out);
  let short = ` ${asked.join(" ")} `;
  for (const [letters, meant] of told) short = short.replaceAll(` ${meant} `, ` ${letters} `);
  if (short.trim() !== asked.join(" ")) found.push(short.trim().split(" "));
  return found;
}

const weightOf = (found) => Math.log(1 + guide.items / (found.length + 1));

// Adds to `scores` what each holder of some terms is worth: `worth` in all, shared out by how rare a term is.
function add(scores, terms, worth) {
  const whole = terms.reduce((sum, found) => sum + weightOf(found), 0);
  for (const found of terms) {
    const each = (worth * weightOf(found)) / whole;
    for (let index = 0; index < found.length; index++) scores[found[index]] += each;
  }
}

const titled = (term) => `^${term}`;
const whole = (held) => (item) => held[item] > 0.999;

// Return what one reading of a query finds: the items, and by item its worth, above 99 where it holds all the words.
async function score(words) {
  const asked = words.map(plain), marked = words.map(exact), size = guide.leaves.length * FULL;
  const pairs = asked.slice(1).map((word, index) => `${asked[index]} ${word}`);
  const each = (terms, ...others) => Promise.all(terms.map((term) => holders(term, ...others.map((other) => other(term)))));
  const singly = () => Promise.all([each(asked, titled), each(marked.filter(Boolean).map((word) => `=${word}`))]);
  // where marks count, or few items hold each pair, which mostly means the very words, those that hold each word are asked for, too
  const surely = !pairs.length || (words.length < 4 && marked.some(Boolean));
  const [beside, soon] = await Promise.all([each(pairs, titled), surely && singly()]);
  const scores = new Float64Array(size);
  let held = new Float64Array(size), lists = beside.map(([found]) => found);
  add(held, lists, 1);
  add(scores, lists, 4);
  add(scores, beside.map(([, found]) => found), 2);
  if (surely || lists[0].filter(whole(held)).length < ENOUGH) {
    const [alone, written] = soon || (await singly());
    held = new Float64Array(size);
    lists = alone.map(([found]) => found);
    add(held, lists, 1);
    add(scores, alone.map(([, found]) => found), 1.5);
    add(scores, written.flat(), 8);
  }
  lists.sort((one, other) => one.length - other.length);
  let items = lists[0].filter(whole(held));
  if (!items.length) {
    items = [...new Set(lists.flat())];
    const best = items.reduce((most, item) => Math.max(most, held[item]), 0);
    items = items.filter((item) => held[item] >= best * 0.7);
  }
  for (const item of items) scores[item] += 100 * held[item];
  return { items, scores };
}

const STEPS = 1e4, ITEMS = 2 ** 22; // a score, in steps, and an item's number make one number, which is sorted fast

// Return the numbers of the items that are found, the best first and of equal ones the newest, and whether these hold all the words.
async function find(query, facets) {
  const words = syllables(query).slice(0, 24), size = guide.leaves.length * FULL, best = new Float64Array(size), passed = new Uint8Array(size);
  const [within, scored] = await Promise.all([
    Promise.all(facets.map((facet) => holders(facet))).then((lists) => lists.flat()),
    Promise.all(words.length ? readings(words).map(score) : []),
  ]);
  if (!words.length) scored.push({ items: within[0] ?? [], scores: best });
  for (const { items, scores } of scored) for (const item of items) best[item] = Math.max(best[item], scores[item]);
  for (const found of within) for (const item of found) passed[item]++;
  const found = [...new Set(scored.flatMap(({ items }) => items))].filter((item) => passed[item] === within.length);
  const sorted = Float64Array.from(found, (item) => Math.round(best[item] * STEPS) * ITEMS + item).sort().reverse();
  return { items: Array.from(sorted, (key) => key % ITEMS), whole: !words.length || sorted[0] > 99 * STEPS * ITEMS };
}

// ── what is told ──

async function record(item) {
  const path = `bai/${guide.leaves[Math.floor(item / FULL)]}/${item % FULL}.json`;
  return (await fetched(path)).json();
}

// Return what tells how close a record is to a query. Of what was loaded, what has the very title or number that was typed comes first, then
// what has the very words; marks count where any were typed.
function closenessTo(query) {
  const letters = ({ text }) => accented(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const words = syllables(query).some(exact) ? letters : ({ bare }) => bare;
  const joined = (text) => ` ${words(text).join(" ")} `, typed = joined(wordsOf(query));
  return ({ one, title, text }) => {
    const named = joined(title), number = joined(wordsOf(one.number ?? ""));
    if (named === typed || number.endsWith(typed)) return 4;
    if (number.includes(typed)) return 3;
    if (named.includes(typed)) return 2;
    return joined(text).includes(typed) ? 1 : 0;
  };
}

// Return which of a text's words were asked for, by their places: where some stand side by side, only these.
function hitsOf({ bare }, wanted) {
  const hits = [];
  for (let place = 0; place < bare.length; place++) if (wanted.has(bare[place])) hits.push(place);
  const beside = hits.filter((place, index) => hits[index - 1] === place - 1 || hits[index + 1] === place + 1);
  return wanted.size > 1 && beside.length ? beside : hits;
}

// Return the passage of a text that has most of the words asked for, in pieces: what was asked for stands in an array of its own.
function passage(words, wanted, length = 34) {
  const { text, written, bare } = words, hits = hitsOf(words, wanted);
  let best = 0, most = -1;
  for (const [index, start] of hits.entries()) {
    const there = new Set();
    let next = index;
    for (; hits[next] < start + length; next++) there.add(bare[hits[next]]);
    const worth = there.size * 100 + next - index;
    if (worth > most) [best, most] = [start, worth];
  }
  const from = Math.max(0, Math.min(best - 6, written.length - length)), until = Math.min(written.length, from + length);
  const shown = [from ? "… " : ""], marked = new Set(hits);
  let at = 0, end = 0;
  for (let place = 0; place < until; place++) {
    const start = text.indexOf(written[place], end);
    end = start + written[place].length;
    if (from && place === from) at = start;
    if (place < from || !marked.has(place)) continue;
    shown.push(text.slice(at, start), [text.slice(start, end)]);
    at = end;
  }
  shown.push(text.slice(at, until < written.length ? end : text.length), until < written.length ? " …" : "");
  return shown;
}

// Return what is shown of some items, from one on.
async function results(items, from, query) {
  const loaded = await Promise.all(items.slice(from, from + (from ? MORE : FIRST)).map(record));
  const records = loaded.map((one) => ({ one, title: wordsOf(one.title), text: wordsOf(one.text) }));
  const closeness = query ? closenessTo(query) : () => 0;
  for (const record of records) record.near = closeness(record);
  records.sort((one, other) => other.near - one.near);
  const wanted = new Set(readings(syllables(query)).flat().map(plain));
  return records.map(({ one: { href, kind, number, date }, title, text }) => {
    return { href, kind, number, date, title: passage(title, wanted, 1e3), passage: passage(text, wanted) };
  });
}

// Do something with the index as it is now: once more if it was changed meanwhile.
async function latest(act) {
  await (loading ?? loadGuide());
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof Outdated)) throw error;
    await loadGuide({ cache: "reload" });
    return act();
  }
}

let last = {}; // what was asked for and what was found, for whoever wants to see more of it

async function answer({ query, facets, from }) {
  const asked = [query, ...facets].join("\n");
  if (!from || last.asked !== asked) last = { asked, ...(await latest(() => find(query, facets))) };
  return { count: last.items.length, whole: last.whole, results: await results(last.items, from, query) };
}

// While the next word is typed, the parts of the index that hold those before it are loaded.
function prepare(typed) {
  const words = syllables(/^.*[^\p{L}\p{N}]/u.exec(typed)?.[0] ?? "").map(plain);
  if (guide) for (const [index, word] of words.slice(1).entries()) shard(shardOf(`${words[index]} ${word}`)).catch(() => {});
}

self.onmessage = ({ data }) => {
  if (!base) {
    base = data.base;
    return void loadGuide().catch(() => {}); // whoever asks tries again
  }
  if ("typed" in data) return prepare(data.typed);
  answer(data).then((found) => postMessage({ id: data.id, found }), (error) => postMessage({ id: data.id, error: String(error) }));
};
