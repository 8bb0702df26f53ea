// The search page: what is typed is looked for by a worker beside it (search-worker.js), words with or without marks, and what that finds is
// shown here. Without this module the page lists topics, kinds and months.

const form = document.querySelector('[data-module="search"]');
const status = document.querySelector("[data-search-status]");
const list = document.querySelector("[data-search-results]");
const browse = document.querySelector("[data-search-browse]");
const more = document.querySelector("[data-search-more]");
const FILTERS = { loai: "kind", "chu-de": "topic", nam: "year", "co-quan": "issuer" };

// ── the worker ──

let worker, questions = 0;
const waiting = new Map(); // what to do with an answer, or without one, by the number of its question

function ready() {
  if (worker) return worker;
  worker = new Worker(form.dataset.worker);
  worker.onmessage = ({ data: { id, found, error } }) => settle(id, found, error);
  worker.onerror = () => {
    worker.terminate();
    worker = undefined; // whoever asks again begins anew
    for (const id of waiting.keys()) settle(id, null, form.dataset.worker);
  };
  worker.postMessage({ base: new URL(form.dataset.base, location).href });
  return worker;
}

function settle(id, found, error) {
  const [answered, failed] = waiting.get(id);
  waiting.delete(id);
  if (found) answered(found);
  else failed(new Error(error));
}

// Return how many items a query finds, whether they hold all its words, and what is shown of some, from one on.
function ask(query, facets, from) {
  return new Promise((...done) => {
    waiting.set(++questions, done);
    ready().postMessage({ id: questions, query, facets, from });
  });
}

// ── what is shown ──

function element(name, block, ...inner) {
  const made = document.createElement(name);
  if (block) made.className = block;
  made.append(...inner);
  return made;
}

// Return the nodes of a text in pieces, what stands in arrays being marked.
const marked = (pieces) => pieces.map((piece) => (Array.isArray(piece) ? element("mark", "", ...piece) : piece));

function result({ href, kind, number, date, title, passage }) {
  const link = element("a", "cds-teaser__link", ...marked(title));
  link.href = href;
  const meta = element("p", "cds-teaser__meta", element("span", "", kind));
  if (number) meta.append(" ", element("span", "cds-teaser__number", number));
  meta.append(" ", element("span", "", date));
  const text = element("div", "cds-teaser__text", meta, element("h2", "cds-teaser__title", link));
  text.append(element("p", "cds-teaser__passage", ...marked(passage)));
  return element("li", "cds-teaser", text);
}

// ── the page ──

const FAILED = "Chưa tìm được vì không tải được dữ liệu. Hãy kiểm tra mạng";
const SOON = 300; // milliseconds; a browser counts what moves half a second after a touch as the page's own doing
let turn = 0;

function asked() {
  const query = form.elements.q.value.trim();
  const facets = Object.entries(FILTERS).map(([name, facet]) => [facet, form.elements[name]?.value]);
  return { query, facets: facets.filter(([, value]) => value).map(([facet, value]) => `${facet}:${value}`) };
}

// Show what the form asks for; `remember` is called before there are results, or when they are long in coming.
async function show(remember = () => {}) {
  const { query, facets } = asked(), mine = ++turn;
  const slow = setTimeout(() => {
    if (mine !== turn) return;
    remember();
    wait();
  }, SOON); // what stands there stays until then: the page is laid out once
  try {
    if (!query && !facets.length) return tell("");
    const { count: all, whole, results } = await ask(query, facets, 0);
    if (mine !== turn) return;
    remember();
    const told = query ? ` cho “${query}”` : "", count = String(all).replace(/\B(?=(\d{3})+$)/g, ".");
    if (!all) return tell(`Không tìm thấy gì${told}. Hãy thử ít chữ hơn, bỏ bớt bộ lọc, hoặc xem theo chủ đề ở dưới.`);
    tell(whole ? `${count} kết quả${told}` : `Không bài nào có đủ các chữ “${query}”. ${count} bài có nhiều chữ nhất:`);
    list.append(...results.map(result));
    offer({ query, facets, all }, mine);
  } catch (error) {
    if (mine === turn) tell(`${FAILED} rồi bấm Tìm lần nữa.`);
    console.error(error);
  } finally {
    clearTimeout(slow);
    if (mine === turn) browse.hidden = false;
  }
}

// Tell that it takes a while, and put away what stands below until there are results: so they do not push it down before the reader's eyes.
function wait() {
  tell("Đang tìm…");
  browse.hidden = true;
}

function tell(words) {
  status.textContent = words;
  list.replaceChildren();
  more.hidden = true;
}

// Offer what was found beyond what is shown.
function offer(searched, mine) {
  const { query, facets, all } = searched, shown = list.children.length;
  more.hidden = shown >= all;
  more.onclick = async () => {
    const found = await ask(query, facets, shown).catch(() => null);
    if (mine !== turn) return;
    if (!found) return void (status.textContent = `${FAILED} rồi bấm Xem thêm lần nữa.`);
    list.append(...found.results.map(result));
    list.children[shown].querySelector("a").focus();
    offer(searched, mine);
  };
}

// Show what the form asks for, and put it into the address: not at once, for that takes a browser longer than asking the worker.
function answer() {
  let address;
  const remember = () => {
    if (mine !== turn || !address) return;
    history.pushState(null, "", address);
    document.title = query ? `${query} – ${form.dataset.title}` : form.dataset.title;
    address = null;
  };
  const shown = show(remember), mine = turn, { query } = asked();
  address = new URL(location.href);
  address.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  shown.then(remember);
}

function recall() {
  const told = new URLSearchParams(location.search);
  for (const field of form.querySelectorAll("[name]")) field.value = told.get(field.name) ?? "";
  browse.hidden = location.search.length > 1; // at once, since nobody has touched anything
  show();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  answer();
});
form.addEventListener("change", (event) => {
  if (event.target.tagName === "SELECT") answer();
});
form.elements.q.addEventListener("input", () => ready().postMessage({ typed: form.elements.q.value }));
addEventListener("popstate", recall);
ready();
recall();
const filters = document.querySelector("[data-search-filters]");
filters.hidden = false;
filters.open = asked().facets.length > 0;
