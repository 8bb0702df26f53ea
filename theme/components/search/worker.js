// Search in a worker, so that the page (search.js) stays responsive. It reads the index of the build (its format is in
// chuyendoiso/outputs/search/index.py), and loads only the shards of the query's terms.

const FIRST = 6, MORE = 12; // results of the first page (a browser loads six files at a time), and of each further page
const ENOUGH = 8, FULL = 120, BITMAP = 0x7f;

// ── words ──

const SYLLABLE = /[\p{L}\p{N}]+/gu;
const TONES = /[\u0300\u0309\u0303\u0301\u0323]/g;
const syllables = (text) => text.normalize("NFC").toLowerCase().replaceAll("ð", "đ").match(SYLLABLE) ?? [];
const FINAL_Y = /\b([hklmstv]|qu)y\b/g; // "kỹ" and "kĩ" are one word
const strip = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").replace(FINAL_Y, "$1i");

const cached = (make) => {
  const values = new Map(); // by word
  return (word) => (values.has(word) ? values : values.set(word, make(word))).get(word);
};

const plain = cached(strip);
const exact = cached((syllable) => {
  const decomposed = syllable.normalize("NFD");
  const toned = decomposed.replace(TONES, "").normalize("NFC").replace(FINAL_Y, "$1i") + (decomposed.match(TONES) ?? []).join("");
  return toned === plain(syllable) ? "" : toned;
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
  const response = await fetch(base + path, options);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
}

function loadGuide(options) {
  loading = fetched("chi-muc.json", options).then((response) => response.json()).then((json) => ([guide, shards] = [json, new Map()]));
  loading.catch(() => (loading = undefined));
  return loading;
}

// A shard of another build than the guide: the search starts again.
class Outdated extends Error {}

function shard(number) {
  if (!shards.has(number)) {
    const loaded = fetched(`chi-muc/${number}.bin`).then((response) => response.arrayBuffer()).then((buffer) => {
      if (new DataView(buffer).getUint32(0, true) !== guide.check) throw new Outdated();
      return new Uint8Array(buffer);
    });
    loaded.catch(() => shards.delete(number));
    shards.set(number, loaded);
  }
  return shards.get(number);
}

const shardOf = (term) => crc32(term) & (guide.shards - 1);

// Return for each term the numbers of its items. All terms are in the shard of the first. An item's number is its leaf's times 120 plus its own.
async function holders(...terms) {
  const bytes = await shard(shardOf(terms[0]));
  return look(bytes, terms.map((term) => crc32(term) >>> 16));
}

let cursor; // position in the shard

function leb128(bytes) {
  let value = 0, shift = 0;
  for (; bytes[cursor] > 0x7f; shift += 7) value |= (bytes[cursor++] & 0x7f) << shift;
  return value | (bytes[cursor++] << shift);
}

function look(bytes, keys) {
  const lists = keys.map(() => []);
  cursor = 4;
  for (let first = 0; cursor < bytes.length; first += FULL) {
    const end = leb128(bytes) + cursor;
    if (end > cursor) {
      const count = leb128(bytes);
      for (let index = 0; index < keys.length; index++) take(bytes, cursor, count, keys[index], first, lists[index]);
    }
    cursor = end;
  }
  return lists;
}

// Add the items of a leaf that have a term to `items`: `first` plus their numbers in the leaf.
function take(bytes, start, count, key, first, items) {
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
  if (bytes[at] !== BITMAP) do items.push(first + (bytes[at] & 0x7f)); while (bytes[at++] < 0x80);
  else for (let item = 0; item < FULL; item++) if (bytes[at + 1 + (item >> 3)] & (1 << (item & 7))) items.push(first + item);
}

// ── the query ──

// Return the possible readings of a query: as typed, with abbreviations expanded, with words abbreviated.
function readings(words) {
  const forms = [words], abbr = new Map(Object.entries(guide.abbreviations));
  const asked = words.map(plain);
  const out = asked.flatMap((word) => abbr.get(word)?.split(" ") ?? [word]);
  if (out.length > asked.length) forms.push(out);
  let short = ` ${asked.join(" ")} `;
  for (const [letters, meant] of abbr) short = short.replaceAll(` ${meant} `, ` ${letters} `);
  if (short.trim() !== asked.join(" ")) forms.push(short.trim().split(" "));
  return forms;
}

const weightOf = (items) => Math.log(1 + guide.items / (items.length + 1));

// Add to the scores of each term's items. `worth` is divided among the terms by their rarity.
function add(scores, terms, worth) {
  const whole = terms.reduce((sum, items) => sum + weightOf(items), 0);
  for (const items of terms) {
    const each = (worth * weightOf(items)) / whole;
    for (let index = 0; index < items.length; index++) scores[items[index]] += each;
  }
}

const titled = (term) => `^${term}`;
const whole = (part) => (item) => part[item] > 0.999;

// Return the items of one reading of a query, and the score by item: above 99 if the item has all words.
async function score(words) {
  const asked = words.map(plain), marked = words.map(exact), size = guide.leaves.length * FULL;
  const pairs = asked.slice(1).map((word, index) => `${asked[index]} ${word}`);
  const each = (terms, ...others) => Promise.all(terms.map((term) => holders(term, ...others.map((other) => other(term)))));
  const singly = () => Promise.all([each(asked, titled), each(marked.filter(Boolean).map((word) => `=${word}`))]);
  // where marks count, or few items hold each pair, which mostly means the very words, those that hold each word are asked for, too
  const surely = !pairs.length || (words.length < 4 && marked.some(Boolean));
  const [beside, soon] = await Promise.all([each(pairs, titled), surely && singly()]);
  const scores = new Float64Array(size);
  let part = new Float64Array(size), lists = beside.map(([items]) => items); // `part`: by item, the share of the words that it has
  add(part, lists, 1);
  add(scores, lists, 4);
  add(scores, beside.map(([, title]) => title), 2);
  if (surely || lists[0].filter(whole(part)).length < ENOUGH) {
    const [alone, written] = soon || (await singly());
    part = new Float64Array(size);
    lists = alone.map(([items]) => items);
    add(part, lists, 1);
    add(scores, alone.map(([, title]) => title), 1.5);
    add(scores, written.flat(), 8);
  }
  lists.sort((a, b) => a.length - b.length);
  let items = lists[0].filter(whole(part));
  if (!items.length) {
    items = [...new Set(lists.flat())];
    const best = items.reduce((most, item) => Math.max(most, part[item]), 0);
    items = items.filter((item) => part[item] >= best * 0.7);
  }
  for (const item of items) scores[item] += 100 * part[item];
  return { items, scores };
}

const STEPS = 1e4, ITEMS = 2 ** 22; // a score in steps and an item's number are one number, which sorts fast

// Return the numbers of the matching items, the best and newest first, and whether they have all words.
async function find(query, facets) {
  const words = syllables(query).slice(0, 24), size = guide.leaves.length * FULL, best = new Float64Array(size), passed = new Uint8Array(size);
  const [within, scored] = await Promise.all([
    Promise.all(facets.map((facet) => holders(facet))).then((lists) => lists.flat()),
    Promise.all(words.length ? readings(words).map(score) : []),
  ]);
  if (!words.length) scored.push({ items: within[0] ?? [], scores: best });
  for (const { items, scores } of scored) for (const item of items) best[item] = Math.max(best[item], scores[item]);
  for (const items of within) for (const item of items) passed[item]++;
  const items = [...new Set(scored.flatMap(({ items }) => items))].filter((item) => passed[item] === within.length);
  const sorted = Float64Array.from(items, (item) => Math.round(best[item] * STEPS) * ITEMS + item).sort().reverse();
  return { items: Array.from(sorted, (key) => key % ITEMS), whole: !words.length || sorted[0] > 99 * STEPS * ITEMS };
}

// ── results ──

async function record(item) {
  const path = `bai/${guide.leaves[Math.floor(item / FULL)]}/${item % FULL}.json`;
  return (await fetched(path)).json();
}

// Return a function that rates how close a record is to a query: its title or number, then its words as typed. Marks count if any were
// typed.
function closenessTo(query) {
  const letters = ({ text }) => accented(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const words = syllables(query).some(exact) ? letters : ({ bare }) => bare;
  const joined = (text) => ` ${words(text).join(" ")} `, typed = joined(wordsOf(query));
  return ({ json, title, text }) => {
    const named = joined(title), number = joined(wordsOf(json.number ?? ""));
    if (named === typed || number.endsWith(typed)) return 4;
    if (number.includes(typed)) return 3;
    if (named.includes(typed)) return 2;
    return joined(text).includes(typed) ? 1 : 0;
  };
}

// Return the positions of the query's words in a text; if some are adjacent, only these.
function hitsOf({ bare }, wanted) {
  const hits = [];
  for (let place = 0; place < bare.length; place++) if (wanted.has(bare[place])) hits.push(place);
  const beside = hits.filter((place, index) => hits[index - 1] === place - 1 || hits[index + 1] === place + 1);
  return wanted.size > 1 && beside.length ? beside : hits;
}

// Return the passage of a text with most of the query's words, as pieces: each match is in an array.
function passage(words, wanted, length = 34) {
  const { text, written, bare } = words, hits = hitsOf(words, wanted);
  let best = 0, most = -1;
  for (const [index, start] of hits.entries()) {
    const unique = new Set();
    let next = index;
    for (; hits[next] < start + length; next++) unique.add(bare[hits[next]]);
    const worth = unique.size * 100 + next - index;
    if (worth > most) [best, most] = [start, worth];
  }
  const from = Math.max(0, Math.min(best - 6, written.length - length)), until = Math.min(written.length, from + length);
  const pieces = [from ? "… " : ""], marked = new Set(hits);
  let at = 0, end = 0;
  for (let place = 0; place < until; place++) {
    const start = text.indexOf(written[place], end);
    end = start + written[place].length;
    if (from && place === from) at = start;
    if (place < from || !marked.has(place)) continue;
    pieces.push(text.slice(at, start), [text.slice(start, end)]);
    at = end;
  }
  pieces.push(text.slice(at, until < written.length ? end : text.length), until < written.length ? " …" : "");
  return pieces;
}

// Return the results of a page of items, which begins at `from`.
async function results(items, from, query) {
  const loaded = await Promise.all(items.slice(from, from + (from ? MORE : FIRST)).map(record));
  const records = loaded.map((json) => ({ json, title: wordsOf(json.title), text: wordsOf(json.text) }));
  const closeness = query ? closenessTo(query) : () => 0;
  for (const record of records) record.near = closeness(record);
  records.sort((a, b) => b.near - a.near);
  const wanted = new Set(readings(syllables(query)).flat().map(plain));
  return records.map(({ json: { href, kind, number, date }, title, text }) => {
    return { href, kind, number, date, title: passage(title, wanted, 1e3), passage: passage(text, wanted) };
  });
}

// Do something with the current index; once more if a new build replaced it meanwhile.
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

let last = {}; // the last query and its items, for further pages

async function answer({ query, facets, from }) {
  const asked = [query, ...facets].join("\n");
  if (!from || last.asked !== asked) last = { asked, ...(await latest(() => find(query, facets))) };
  return { count: last.items.length, whole: last.whole, results: await results(last.items, from, query) };
}

// Load the shards of the words before the word that is being typed.
function prepare(typed) {
  const words = syllables(/^.*[^\p{L}\p{N}]/u.exec(typed)?.[0] ?? "").map(plain);
  if (guide) for (const [index, word] of words.slice(1).entries()) shard(shardOf(`${words[index]} ${word}`)).catch(() => {});
}

self.onmessage = ({ data }) => {
  if (!base) {
    base = data.base;
    return void loadGuide().catch(() => {}); // the next query tries again
  }
  if ("typed" in data) return prepare(data.typed);
  answer(data).then((reply) => postMessage({ id: data.id, reply }), (error) => postMessage({ id: data.id, error: String(error) }));
};
