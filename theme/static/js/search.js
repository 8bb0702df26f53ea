// The search page: finds items by words typed with or without marks, in the index that the build made (chuyendoiso/search/index.py
// tells its form). Loads only the parts that hold the words. Without this module the page lists topics, kinds and months.

const form = document.querySelector('[data-module="search"]');
const status = document.querySelector("[data-search-status]");
const list = document.querySelector("[data-search-results]");
const browse = document.querySelector("[data-search-browse]");
const more = document.querySelector("[data-search-more]");
const PAGE = 8, FULL = 120, BITMAP = 0x7f;
const FILTERS = { loai: "kind", "chu-de": "topic", nam: "year", "co-quan": "issuer" };

// ── words ──

const SYLLABLE = /[\p{L}\p{N}]+/gu;
const TONES = /[\u0300\u0309\u0303\u0301\u0323]/g;
const syllables = (text) => text.normalize("NFC").toLowerCase().match(SYLLABLE) ?? [];
const strip = (syllable) => syllable.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d");
const stripped = new Map(); // of the words met so far: a text has few different ones

function plain(syllable) {
  if (!stripped.has(syllable)) stripped.set(syllable, strip(syllable));
  return stripped.get(syllable);
}

const marked = new Map();

function exact(syllable) {
  if (!marked.has(syllable)) marked.set(syllable, marksOf(syllable));
  return marked.get(syllable);
}

function marksOf(syllable) {
  const decomposed = syllable.normalize("NFD");
  const found = decomposed.replace(TONES, "").normalize("NFC") + (decomposed.match(TONES) ?? []).join("");
  return found === plain(syllable) ? "" : found;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1;
  return byte;
});

function crc32(text) {
  let value = ~0;
  for (const byte of new TextEncoder().encode(text)) value = (value >>> 8) ^ TABLE[(value ^ byte) & 0xff];
  return ~value >>> 0;
}

// ── the index ──

const base = new URL(form.dataset.base, location);
let guide, shards;

async function fetched(path, options) {
  const answer = await fetch(new URL(path, base), options);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer;
}

async function loadGuide(options) {
  const told = await (await fetched("chi-muc.json", options)).json();
  [guide, shards] = [told, new Map()];
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

// Return the numbers of the items that hold a term (`written` beside or in place of it), an item's being its leaf's times 120 and its own.
async function holders(term, written = term) {
  const bytes = await shard(shardOf(term));
  const key = crc32(written) >>> 16, found = [];
  let at = 4;
  for (let first = 0; at < bytes.length; first += FULL) {
    let length = 0;
    for (let shift = 0, more = true; more; shift += 7, at++) {
      length |= (bytes[at] & 0x7f) << shift;
      more = bytes[at] > 0x7f;
    }
    for (const end = at + length; at < end; ) {
      const wanted = ((bytes[at] << 8) | bytes[at + 1]) === key;
      at += 2;
      if (bytes[at] === BITMAP) {
        for (let item = 0; wanted && item < FULL; item++) if (bytes[at + 1 + (item >> 3)] & (1 << (item & 7))) found.push(first + item);
        at += 1 + FULL / 8;
      } else {
        for (let last = false; !last; at++) {
          last = bytes[at] > 0x7f;
          if (wanted) found.push(first + (bytes[at] & 0x7f));
        }
      }
    }
  }
  return found;
}

// ── what is asked for ──

// Return the ways in which a query may be meant: as it stands, and with abbreviations written out or words abbreviated.
function readings(words) {
  const found = [words], told = Object.entries(guide.abbreviations);
  const asked = words.map(plain);
  const out = asked.flatMap((word) => guide.abbreviations[word]?.split(" ") ?? [word]);
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

const all = (terms, written = (term) => term) => Promise.all(terms.map((term) => holders(term, written(term))));
const titled = (term) => `^${term}`;

// Return the score of each item for one reading of a query: above 99 where it holds all the words, 0 where it holds too few.
async function score(words) {
  const asked = words.map(plain), withMarks = words.filter(exact), size = guide.leaves.length * FULL;
  const pairs = asked.slice(1).map((word, index) => `${asked[index]} ${word}`);
  const [beside, besideInTitle] = await Promise.all([all(pairs), all(pairs, titled)]);
  const scores = new Float64Array(size), held = new Float64Array(size);
  add(held, beside, 1);
  let whole = 0; // items that hold each pair: mostly the very words
  for (let item = 0; item < size; item++) if (held[item] > 0.999) whole++;
  add(scores, beside, 4);
  add(scores, besideInTitle, 2);
  if (whole < PAGE || (words.length < 4 && withMarks.length)) {
    const [alone, inTitle] = await Promise.all([all(asked), all(asked, titled)]);
    held.fill(0);
    add(held, alone, 1);
    add(scores, inTitle, 1.5);
    add(scores, await Promise.all(withMarks.map((word) => holders(plain(word), `=${exact(word)}`))), 8);
  }
  let best = 0;
  for (let item = 0; item < size; item++) if (held[item] > best) best = held[item];
  const least = best > 0.999 ? 0.999 : best * 0.7;
  for (let item = 0; item < size; item++) scores[item] = best && held[item] >= least ? scores[item] + 100 * held[item] : 0;
  return scores;
}

const STEPS = 1e4, ITEMS = 2 ** 22; // a score, in steps, and an item's number make one number, which is sorted fast

// Return the numbers of the items that are found, the best first and of equal ones the newest, and whether these hold all the words.
async function find(query, facets) {
  const words = syllables(query).slice(0, 24), size = guide.leaves.length * FULL;
  const scored = words.length ? await Promise.all(readings(words).map(score)) : [new Float64Array(size).fill(1)];
  const within = await all(facets);
  if (!words.length) within.push(await everything());
  const passed = new Uint8Array(size);
  for (const found of within) for (const item of found) passed[item]++;
  const keys = new Float64Array(size);
  let count = 0;
  for (let item = 0; item < size; item++) {
    let value = 0;
    for (const scores of scored) if (scores[item] > value) value = scores[item];
    if (value && passed[item] === within.length) keys[count++] = Math.round(value * STEPS) * ITEMS + item;
  }
  const sorted = keys.subarray(0, count).sort().reverse();
  return { items: Array.from(sorted, (key) => key % ITEMS), whole: !words.length || sorted[0] > 99 * STEPS * ITEMS };
}

const kinds = () => [...form.elements.loai.options].map((option) => option.value).filter(Boolean);
const everything = async () => (await all(kinds().map((kind) => `kind:${kind}`))).flat();

// ── what is shown ──

async function record(item) {
  const path = `bai/${guide.leaves[Math.floor(item / FULL)]}/${item % FULL}.json`;
  return (await fetched(path)).json();
}

// Of what was loaded, what has the very title or number that was typed comes first, then what has the very words; marks count where any
// were typed.
function closeness(one, query) {
  const words = syllables(query), letters = words.some(exact) ? (word) => exact(word) || word : plain;
  const joined = (text) => ` ${syllables(text).map(letters).join(" ")} `;
  const typed = joined(query), title = joined(one.title), number = joined(one.number ?? "");
  if (title === typed || number.endsWith(typed)) return 4;
  if (number.includes(typed)) return 3;
  if (title.includes(typed)) return 2;
  return joined(one.text).includes(typed) ? 1 : 0;
}

function element(name, block, ...inner) {
  const made = document.createElement(name);
  if (block) made.className = block;
  made.append(...inner);
  return made;
}

// Return a text's words with their bounds, each told whether it was asked for.
function marks(text, wanted) {
  const found = [...text.matchAll(SYLLABLE)].map((match) => {
    const word = plain(match[0].toLowerCase());
    return { start: match.index, end: match.index + match[0].length, word, hit: wanted.has(word) };
  });
  if (wanted.size > 1) {
    const beside = found.map((one, index) => one.hit && (found[index - 1]?.hit || found[index + 1]?.hit));
    if (beside.some(Boolean)) found.forEach((one, index) => (one.hit = Boolean(beside[index])));
  }
  return found;
}

// Return the passage of a text that has most of the words asked for, with these marked.
function passage(text, wanted, length = 34) {
  const words = marks(text, wanted);
  let best = 0, most = -1;
  for (let start = 0; start < words.length; start++) {
    if (!words[start].hit) continue;
    const window = words.slice(start, start + length).filter((one) => one.hit);
    const worth = new Set(window.map((one) => one.word)).size * 100 + window.length;
    if (worth > most) [best, most] = [start, worth];
  }
  const from = Math.max(0, Math.min(best - 6, words.length - length)), until = Math.min(words.length, from + length);
  if (!words.length) return [text];
  const shown = [from ? "… " : ""];
  let at = from ? words[from].start : 0;
  for (const { start, end, hit } of words.slice(from, until)) {
    if (!hit) continue;
    shown.push(text.slice(at, start), element("mark", "", text.slice(start, end)));
    at = end;
  }
  shown.push(text.slice(at, until < words.length ? words[until - 1].end : text.length), until < words.length ? " …" : "");
  return shown;
}

function result(one, wanted) {
  const link = element("a", "cds-teaser__link", ...passage(one.title, wanted, 1e3));
  link.href = one.href;
  const meta = element("p", "cds-teaser__meta", element("span", "", one.kind));
  if (one.number) meta.append(" ", element("span", "cds-teaser__number", one.number));
  meta.append(" ", element("span", "", one.date));
  const text = element("div", "cds-teaser__text", meta, element("h2", "cds-teaser__title", link));
  text.append(element("p", "cds-teaser__passage", ...passage(one.text.replace(/\s+/g, " "), wanted)));
  return element("li", "cds-teaser", text);
}

// ── the page ──

const FAILED = "Chưa tìm được vì không tải được dữ liệu. Hãy kiểm tra mạng";
let turn = 0;

function asked() {
  const query = form.elements.q.value.trim();
  const facets = Object.entries(FILTERS).map(([name, facet]) => [facet, form.elements[name]?.value]);
  return { query, facets: facets.filter(([, value]) => value).map(([facet, value]) => `${facet}:${value}`) };
}

async function show() {
  const { query, facets } = asked(), mine = ++turn;
  browse.hidden = Boolean(query || facets.length); // until there are results above it: so it is not pushed down before the reader's eyes
  const waiting = setTimeout(() => tell("Đang tìm…"), 300); // what was found before stands until then, so that the page is laid out once
  try {
    if (!query && !facets.length) return tell("");
    const { items, whole } = await latest(() => find(query, facets));
    if (mine !== turn) return;
    const told = query ? ` cho “${query}”` : "", count = String(items.length).replace(/\B(?=(\d{3})+$)/g, ".");
    if (!items.length) return tell(`Không tìm thấy gì${told}. Hãy thử ít chữ hơn, bỏ bớt bộ lọc, hoặc xem theo chủ đề ở dưới.`);
    const first = await results(items, 0, query);
    if (mine !== turn) return;
    tell(whole ? `${count} kết quả${told}` : `Không bài nào có đủ các chữ “${query}”. ${count} bài có nhiều chữ nhất:`);
    list.append(...first);
    offer(items, query, mine);
  } catch (error) {
    if (mine === turn) tell(`${FAILED} rồi bấm Tìm lần nữa.`);
    console.error(error);
  } finally {
    clearTimeout(waiting);
    if (mine === turn) browse.hidden = false;
  }
}

function tell(words) {
  status.textContent = words;
  list.replaceChildren();
  more.hidden = true;
}

// Do something with the index as it is now: once more if it was changed meanwhile.
async function latest(act) {
  if (!guide) await loadGuide();
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof Outdated)) throw error;
    await loadGuide({ cache: "reload" });
    return act();
  }
}

// Return the list items of the results from one on.
async function results(items, from, query) {
  const records = await Promise.all(items.slice(from, from + PAGE).map(record));
  if (query) {
    const near = new Map(records.map((one) => [one, closeness(one, query)]));
    records.sort((one, other) => near.get(other) - near.get(one));
  }
  const wanted = new Set(readings(syllables(query)).flat().map(plain));
  return records.map((one) => result(one, wanted));
}

// Offer what was found beyond what is shown.
function offer(items, query, mine) {
  const shown = list.children.length;
  more.hidden = shown >= items.length;
  more.onclick = async () => {
    const added = await results(items, shown, query).catch(() => null);
    if (mine !== turn) return;
    if (!added) return void (status.textContent = `${FAILED} rồi bấm Xem thêm lần nữa.`);
    list.append(...added);
    added[0].querySelector("a").focus();
    offer(items, query, mine);
  };
}

function remember() {
  const { query } = asked(), address = new URL(location.href);
  address.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => value)).toString();
  history.pushState(null, "", address);
  document.title = query ? `${query} – ${form.dataset.title}` : form.dataset.title;
}

function recall() {
  const told = new URLSearchParams(location.search);
  for (const field of form.querySelectorAll("[name]")) field.value = told.get(field.name) ?? "";
  show();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  show();
  remember();
});
form.addEventListener("change", (event) => {
  if (event.target.tagName !== "SELECT") return;
  show();
  remember();
});
form.elements.q.addEventListener("input", () => {
  // while the next word is typed, the parts of the index that hold those before it are loaded
  const words = syllables(/^.*[^\p{L}\p{N}]/u.exec(form.elements.q.value)?.[0] ?? "").map(plain);
  if (guide) for (const [index, word] of words.slice(1).entries()) shard(shardOf(`${words[index]} ${word}`)).catch(() => {});
});
addEventListener("popstate", recall);
loadGuide().then(recall, recall);
const filters = document.querySelector("[data-search-filters]");
filters.hidden = false;
filters.open = asked().facets.length > 0;
