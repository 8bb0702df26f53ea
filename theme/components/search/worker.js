// Search in a worker, so that the page (search.js) stays responsive. It reads the index of the build (its format is in
// chuyendoiso/outputs/search/index.py), and loads only the shards of the query's terms.

const FIRST = 6, MORE = 12; // results of the first page, and of each further page
const FULL = 120, BITMAP = 0x7f;

// ── words ──

const SYLLABLE = /[\p{L}\p{N}]+/gu;
const TONES = /[\u0300\u0309\u0303\u0301\u0323]/g;
const lower = (text) => text.normalize("NFC").toLowerCase().replaceAll("ð", "đ");
const syllables = (text) => lower(text).match(SYLLABLE) ?? [];
const FINAL_Y = /(?<![\p{L}\p{N}])([hklmstv]|qu)y(?![\p{L}\p{N}])/gu; // "kỹ" and "kĩ" are one word
const ZEROS = /(?<![\p{L}\p{N}])0+(?=\d+(?![\p{L}\p{N}]))/gu; // 09 is 9
const strip = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").replace(FINAL_Y, "$1i").replace(ZEROS, "");

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
  loading = fetched("chi-muc.json", options).then((response) => response.json()).then((json) => {
    [guide, shards] = [json, new Map()];
    guide.minor = new Set(json.function.split(" "));
    guide.minorMarks = new Set(json.marked.split(" "));
    guide.asking = new Set([...guide.minorMarks].map(plain)); // what such words are without marks
    guide.spoken = new Set(json.synonyms.flat().join(" ").split(" "));
  });
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

// ── the query (chuyendoiso/outputs/search/ranking.py ranks in the same way) ──

const pairsOf = (words) => words.slice(1).map((word, index) => `${words[index]} ${word}`);
const JOINED = /[\p{L}\p{N}]+(?:[-./][\p{L}\p{N}]+)+/gu;
const joined = (text) => (lower(text).match(JOINED) ?? []).map((match) => plain(match.split(/[-./]/).map((part) => part.replace(/^0(?=\d$)/, "")).join("")));
const acronyms = (text) => (text.match(/(?<![\p{L}\p{N}_])[A-Z]{2,5}(?![\p{L}\p{N}_])/gu) ?? []).map((letters) => `!${letters.toLowerCase()}`);

const count = (pattern, words) => spaced(words.map(plain)).match(pattern)?.[0].trim().split(" ").length ?? 0; // words that it matches

// Return what is between the courtesies, or all if that has no content.
function withoutCourtesies(words) {
  const begin = count(guide.opening, words);
  let end = words.length, closing;
  while ((closing = count(guide.closing, words.slice(begin, end).slice(-20)))) end -= closing;
  const kept = words.slice(begin, end);
  return kept.some((word) => !guide.minor.has(plain(word))) ? kept : words;
}

// Return a query's syllables, unknown ones as they are understood.
async function split(query) {
  const words = withoutCourtesies(syllables(query)).slice(0, 40);
  return (await Promise.all(words.map(async (word) => ((await holders(plain(word)))[0].length ? word : understand(word))))).flat();
}

const VNI = /^[a-z]+(?:(?:[6-8][1-5]?|[1-5][6-8]?|(?<=d)9)[a-z]+)*(?:[6-8][1-5]?|[1-5][6-8]?|(?<=d)9)?$/;

// Return what an unknown word stands for, or the word: a synonym's name ("dvctt"), VNI that was not converted ("so61"), letters and
// numbers ("qd749"), or words without a space ("chuyendoiso").
async function understand(word) {
  const bare = plain(word), letters = bare.replace(/\d/g, "");
  const meant = guide.synonyms.filter((group) => group.includes(bare)).flat().find((phrase) => phrase !== bare);
  if (meant) return meant.split(" ");
  if (VNI.test(bare) && /[aeiouy]/.test(bare) && (await holders(letters))[0].length) return letters;
  const runs = /^[a-z0-9]+$/.test(bare) ? bare.match(/[a-z]+|\d+/g) : [];
  return (await Promise.all((runs.length > 1 ? runs : [word]).map(cut))).flat();
}

const vocabulary = () => (guide.words ??= fetched("tu-vung.txt").then((response) => response.text()).then((words) => new Set(words.split(" "))));

// Return the words that are typed without a space, the fewest known ones, each a known pair with its neighbour; or the word.
async function cut(word) {
  if (!/^\p{L}+$/u.test(word)) return word;
  const known = await vocabulary(), ways = [[]];
  for (let end = 2; end <= word.length; end++) {
    for (let start = Math.max(0, end - 7); start < end - 1; start++) {
      const way = ways[start], part = word.slice(start, end);
      if (way && known.has(plain(part)) && !(ways[end]?.length <= way.length + 1)) ways[end] = [...way, part];
    }
  }
  const parts = ways[word.length] ?? [word], held = await Promise.all(pairsOf(parts.map(plain)).map((pair) => holders(pair)));
  return held.every(([items]) => items.length) ? parts : word;
}

// Return the weight of each word and pair.
function weigh(words) {
  const { function: least, half, both, pair } = guide.constants, terms = new Map();
  const minor = words.map((word) => guide.minor.has(word));
  words.forEach((word, index) => terms.set(word, minor[index] ? least : 1));
  pairsOf(words).forEach((term, index) => terms.set(term, [1, half, both][minor[index] + minor[index + 1]] * pair));
  return terms;
}

function addTerms(terms, more, worth) {
  for (const [term, weight] of more) terms.set(term, Math.max(terms.get(term) ?? 0, weight * worth));
}

const spaced = (words) => ` ${words.join(" ")} `;

// Return the weights of a query with another phrase; both phrases weigh the same.
function exchange(words, phrase, other) {
  const total = (terms) => [...terms.values()].reduce((sum, weight) => sum + weight), [from, to] = [phrase, other].map((text) => weigh(text.split(" ")));
  const worth = total(from) / total(to), exchanged = weigh(words);
  for (const [term, weight] of to) exchanged.set(term, weight * worth);
  return exchanged;
}

// Return the words of what a question asks the definition of.
const subjectOf = (words) => guide.definitions.map((asked) => spaced(words).match(asked)).find(Boolean)?.[1].split(" ") ?? [];
const isMinor = ({ word, mark }) => (mark ? guide.minorMarks.has(mark) : guide.minor.has(word));

async function parse(query) {
  const typed = await split(query), words = typed.map(plain), asked = subjectOf(words), { synonym, least } = guide.constants;
  const mended = await mend(words, asked.length ? words.filter((word) => !asked.includes(word)) : []), terms = weigh(mended), subject = subjectOf(mended);
  const every = mended.map((word, place) => ({ word, mark: exact(typed[place]), synonyms: [] })), core = subject.join(" ").replace(new RegExp(guide.end), ""), names = [...new Set([subject.join(" "), core, core.replace(new RegExp(guide.lead), "")])].filter(Boolean);
  const written = new Set(query === query.toUpperCase() ? [] : acronyms(query));
  for (const group of guide.synonyms) {
    for (const phrase of group) {
      const at = spaced(mended).indexOf(` ${phrase} `), parts = phrase.split(" ");
      if (at < 0 || (parts.every((word) => guide.minor.has(word) && !written.has(`!${word}`)) && phrase !== names[0])) continue;
      const [before, after] = [spaced(mended).slice(0, at), spaced(mended).slice(at + phrase.length + 2)];
      for (const other of group) {
        if (other === phrase) continue;
        addTerms(terms, exchange(`${before} ${other} ${after}`.match(/\S+/g), phrase, other), synonym);
        const place = before.split(" ").length - 1, meant = other.split(" ");
        for (const { synonyms } of every.slice(place, place + parts.length)) synonyms.push(meant);
        if (phrase === subject.join(" ") && meant.length > parts.length) names.push(other);
      }
    }
  }
  const wanted = every.filter((one) => (subject.length ? subject : mended).includes(one.word) && !isMinor(one));
  if (!wanted.length) for (const word of subject) written.add(`!${word}`);
  addTerms(terms, joined(query).map((word) => [word, 1]), synonym);
  addTerms(terms, [...written].map((term) => [term, 1]), 1);
  for (const one of every) if (isMinor(one) && written.has(`!${one.word}`)) wanted.push({ ...one, word: `!${one.word}`, mark: "" });
  for (const word of joined(query)) if (/\d[a-z]/.test(word)) wanted.push({ word, mark: "", synonyms: [] });
  const content = [...new Map(wanted.map((one) => [JSON.stringify(one), one])).values()];
  const clauses = query.split(/[,.;:?!\n]+(?:\s+|$)/).map((clause) => syllables(clause).map(plain)).filter((clause) => clause.length);
  const parts = clauses.map((clause) => [...content.keys()].filter((index) => clause.includes(content[index].word))).filter((part) => part.length >= least);
  const changed = mended.filter((word) => !words.includes(word));
  for (const [term, weight] of terms) if (term.split(" ").some((word) => changed.includes(word))) terms.set(term, weight * guide.constants.mended);
  const answers = guide.answers.flatMap(([asked, answer]) => {
    const match = spaced(mended).match(asked);
    return match ? new RegExp(answer.replaceAll("$1", match[1]), "u") : [];
  });
  const definition = names.map((name) => new RegExp(guide.defines.replaceAll("$1", name), "u")), same = spaced(mended) === spaced(words);
  return {
    terms, wanted: content, clauses: clauses.length > 1 ? parts : [], marked: typed.map(exact).filter(Boolean), words: mended, mended: same ? "" : mended.join(" "), answers, definition,
  };
}

const rarity = (count, all = guide.items) => Math.log(1 + (all - count + 0.5) / (count + 0.5)); // of a term (BM25)

// Return each term's rarity, the weights of the wanted words, and the score of each item by the index.
async function score({ terms, marked, words, wanted }) {
  const scores = new Map(), rare = new Map(), { title, marked: worth, power, digits, unknown, asking } = guide.constants;
  const add = (items, points) => items.forEach((item) => scores.set(item, (scores.get(item) ?? 0) + points));
  const lists = await Promise.all([...terms.keys()].map((term) => holders(term, `^${term}`)));
  [...terms].forEach(([term, weight], index) => {
    const [items, titled] = lists[index];
    rare.set(term, rarity(items.length));
    add(items, weight * rare.get(term));
    add(titled, weight * rare.get(term) * title);
  });
  for (const [items] of await Promise.all(marked.map((mark) => holders(`=${mark}`)))) add(items, worth * rarity(items.length));
  const least = [...terms.keys()].flatMap((term, index) => (words.includes(term) && !guide.minor.has(term) ? [new Set(lists[index][0])] : []));
  const factor = (word) => (/^\d/.test(word) ? digits : rare.get(word) < rarity(0) ? 1 : unknown);
  const weights = wanted.map(({ word }) => rare.get(word) ** power * factor(word) * (guide.asking.has(word) && !marked.length ? asking : 1));
  return { scores, rare, weights, whole: (item) => least.every((items) => items.has(item)) };
}

// ── words that the site does not have ──

// Return the words of a query, unknown ones mended. Who types a function word, one of the table of synonyms, or of `exempt`, means it.
async function mend(words, exempt) {
  const mended = [...words];
  for (let round = 0; round < 2; round++) {
    for (const [place, word] of words.entries()) {
      if (mended[place] !== word || guide.spoken.has(word) || guide.minor.has(word) || exempt.includes(word) || word.length < 2 || /^\d+$/.test(word) || (await holders(word))[0].length) continue;
      mended[place] = await mendWord(word, mended.slice(0, place).slice(-1), mended.slice(place + 1, place + 2));
    }
  }
  return mended;
}

// Return what a word is in Telex, or the beginning of, or with one other letter, in a known pair.
async function mendWord(word, before, after) {
  const known = await vocabulary(), telex = word.replace(/(.)\1/g, (pair) => (/[daeo]/.test(pair) ? pair[0] : pair)).replaceAll("w", "");
  const converted = [telex, telex.replace(/([a-z])[sfrxj]$/, "$1")].map(plain).find((form) => known.has(form));
  if (converted) return converted;
  const longer = word.length < 4 ? [] : [...known].filter((other) => other.startsWith(word));
  if (longer.length) return longer.sort((a, b) => a.length - b.length || (a < b ? -1 : 1))[0];
  let best = word, most = 0;
  for (const other of [...known].filter((other) => near(word, other)).sort()) {
    const lists = await Promise.all([...before.map((left) => `${left} ${other}`), ...after.map((right) => `${other} ${right}`)].map((pair) => holders(pair)));
    const count = lists.reduce((sum, [items]) => sum + items.length, 0);
    if (count > most) [best, most] = [other, count];
  }
  return best;
}

// Return whether two words differ by one letter, added, left out, exchanged or swapped with the next.
function near(a, b) {
  if (Math.abs(a.length - b.length) > 1) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const [x, y] = [a.slice(at), b.slice(at)];
  return x.slice(1) === y.slice(1) || x.slice(1) === y || x === y.slice(1) || (x[0] === y[1] && x[1] === y[0] && x.slice(2) === y.slice(2));
}

// ── passages ──

const termsOf = (text) => text.split("\n").flatMap((line) => {
  const words = strip(lower(line)).match(SYLLABLE) ?? [];
  return [...words, ...pairsOf(words), ...joined(line), ...acronyms(line)];
});

// Return whether a passage's terms and marks have a wanted word as it is typed, or a synonym.
function has(terms, marks, { word, mark, synonyms }) {
  return (terms.has(word) && (!mark || marks.has(mark))) || synonyms.some((words) => [...words, ...pairsOf(words)].every((term) => terms.has(term)));
}

// Return a text as it is written, and its plain words, a part a line.
function writtenAndPlain(text) {
  const parts = text.replace(/\(([^()\n]*)\)(?=\s*(?:[:;?!]|\.\s|$))/gm, "\n$1").split(/[\n:;?!]|\.\s/);
  return `${text}\n${parts.map((part) => spaced(syllables(part).map(plain))).join("\n")}`;
}

// Return the passages of a record with any of the query's words: number, scores by the rarity of words on the site, and among the passages,
// and the share of the words that it has.
function rankPassages({ terms, wanted, clauses, rare, weights, answers, definition }, { title, number, also, passages, answer, state = "" }) {
  const { k1, b, length, heading, named: inTitle, most, summary, unfit, undefined: missed, defines, clause, local: worth } = guide.constants, full = [title, number, ...also].join("\n"), named = termsOf(full);
  const parts = passages.map(([, head, body]) => {
    const found = termsOf(body), heads = termsOf(head);
    return { found, heads, held: new Set([...found, ...heads]) };
  });
  const among = new Map([...terms.keys()].map((term) => [term, (worth * rarity(parts.filter(({ held }) => held.has(term)).length, parts.length)) / rarity(0, parts.length)]));
  const scored = passages.map(([, head, body], place) => {
    const counts = new Map(), { found, heads, held } = parts[place], all = new Set([...held, ...named]);
    for (const term of found) counts.set(term, (counts.get(term) ?? 0) + 1);
    const norm = k1 * (1 - b + (b * found.length) / 2 / length);
    let points = 0, local = 0;
    for (const [term, weight] of terms) {
      const count = counts.get(term) ?? 0;
      const frequency = (count && (count * (k1 + 1)) / (count + norm)) + (heads.includes(term) && heading) + (named.includes(term) && inTitle);
      const more = weight * rare.get(term) * Math.min(frequency, most);
      points += more;
      local += more * among.get(term);
    }
    const marks = new Set(syllables([full, head, body].join("\n")).map(exact)), had = wanted.map((one) => has(all, marks, one));
    const total = (part, counts) => part.reduce((sum, index) => sum + (counts(index) ? weights[index] : 0), 0);
    const share = (part) => total(part, (index) => had[index]) / (total(part, () => true) || 1);
    const both = answers.length || definition.length ? writtenAndPlain(`${state}\n${head}\n${body}`) : "";
    let fit = answers.every((answer) => answer.test(both)) ? 1 : unfit, factor = place || answer ? 1 : summary;
    if (definition.some((pattern) => pattern.test(both))) factor *= defines;
    else if (definition.length) fit *= missed;
    return { place, points: points * factor, local: local * factor, share: Math.max(share([...wanted.keys()]), clause * Math.max(0, ...clauses.map(share))) * fit };
  });
  if (answer && scored[0].points) for (const name of ["points", "local", "share"]) scored[0][name] = Math.max(...scored.map((one) => one[name])); // it stands first
  return scored.filter(({ points }) => points);
}

// Return the share of a title's words that the query has.
function cover(terms, title) {
  const words = [...new Set(strip(title.toLowerCase()).match(SYLLABLE))];
  return words.filter((word) => terms.has(word)).length / (words.length || 1);
}

// ── results ──

// Return the numbers of the matching items, the best and newest first, and whether an item has all words.
async function find(query, facets) {
  const size = guide.leaves.length * FULL, passed = new Uint8Array(size);
  const within = (await Promise.all(facets.map((facet) => holders(facet)))).flat();
  for (const items of within) for (const item of items) passed[item]++;
  const fits = (item) => passed[item] === within.length;
  if (!syllables(query).length) return { items: (within[0] ?? []).filter(fits).reverse(), whole: true, scores: new Map(), terms: new Map(), words: [], mended: "" };
  const parsed = await parse(query), { scores, rare, weights, whole } = await score(parsed);
  const step = (item) => Math.round(scores.get(item) * 1e4);
  const items = [...scores.keys()].filter(fits).sort((one, other) => step(other) - step(one) || other - one);
  const least = scores.get(items[0]) * guide.constants.listed;
  return { ...parsed, items: items.filter((item) => scores.get(item) >= least), scores, rare, weights, whole: items.some(whole) };
}

async function record(item) {
  const path = `bai/${guide.leaves[Math.floor(item / FULL)]}/${item % FULL}.json`;
  const json = await (await fetched(path)).json();
  return { item, json, number: "", date: "", also: [], ...json };
}

// Rank the records of the first items by their passages, and put these items in their order.
async function rank(found) {
  const { best, index, cover: worth, number: whole, cited, over } = guide.constants, { terms, words, scores } = found;
  const first = await Promise.all(found.items.slice(0, best).map(record));
  if (!terms.size) return first;
  for (const one of first) {
    const scored = rankPassages(found, one);
    one.best = Math.max(0, ...scored.map(({ points }) => points));
    one.scored = scored.filter(({ place }) => place || one.answer || one.passages.length === 1);
    const number = termsOf(one.number), part = number.some((term) => /\d/.test(term) && term.includes(" ") && terms.has(term)) ? cited : 1;
    const named = words.every((word) => number.includes(word)) ? whole : part;
    one.score = (scores.get(one.item) * index + one.best) * named * (one.over ? over : 1) * (1 + worth * cover(terms, one.title) ** 2);
  }
  first.sort((one, other) => Math.round(other.score * 1e4) - Math.round(one.score * 1e4) || other.item - one.item);
  found.items.splice(0, first.length, ...first.map(({ item }) => item));
  return first;
}

const QUESTION = / (la gi|the nao|o dau|bao nhieu|co .*khong) /;
const isQuestion = (query, words) => words.length > 3 || query.includes("?") || QUESTION.test(spaced(words));

// Return what the site has to say: passages that answer, or whether something may be related.
function verdict(query, { words }, ranked) {
  if (!isQuestion(query, words)) return { verdict: "list", answers: [] };
  const { answer, related, index } = guide.constants, worth = ({ record, local, share }) => Math.round((index * record.score + local) * share * 1e4);
  const scored = ranked.flatMap((record) => (record.scored ?? []).map((one) => ({ record, ...one })));
  const best = scored.sort((one, other) => worth(other) - worth(one)).slice(0, 3), share = best[0]?.share ?? 0;
  if (share < answer) return { verdict: share < related ? "none" : "related", answers: [] };
  return { verdict: "answer", answers: best.filter(({ share }) => share >= related).map(({ record: { href, title, kind, date, state, passages }, place }) => {
    const [anchor, heading, words] = passages[place];
    return { href: anchor ? `${href}#${anchor}` : href, title, kind, date, state, heading, words };
  }) };
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
async function results(found, from) {
  const records = from ? await Promise.all(found.items.slice(from, from + MORE).map(record)) : found.first.slice(0, FIRST);
  const wanted = new Set([...found.terms.keys()].flatMap((term) => term.split(" ")));
  return records.map(({ href, kind, number, date, state, title, passages }) => {
    const body = passages.map(([, , words]) => words).join(" ");
    return { href, kind, number, date, state, title: passage(wordsOf(title), wanted, 1e3), passage: passage(wordsOf(body), wanted) };
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
  if (!from || last.asked !== asked) {
    const found = await latest(() => find(query, facets));
    last = { asked, ...found, first: await rank(found), items: found.items };
  }
  const { items, whole, mended } = last;
  return { count: items.length, whole, mended, ...verdict(query, { words: syllables(query).map(plain) }, last.first), results: await results(last, from) };
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
